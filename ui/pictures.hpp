#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>

class QPainter;

namespace ui {

/// What a picture carries, so that opening the picture opens the run.
struct PictureTag {
    QByteArray presetText; ///< the preset as it was run, changes as events; empty = none
    std::uint64_t seed = 1;
    QString title;
};

/// The image with the tag in its PNG text chunks.
QImage tagged(QImage image, const PictureTag& tag);

/// The same as a PNG file's content.
QByteArray pngBytes(const QImage& image, const PictureTag& tag);

/// Draws into a painter of the given size [px at 96 dpi].
using PaintPicture = std::function<void(QPainter&, QSize)>;

/// Writes PNG, SVG or PDF by the name's ending. PNG is drawn at twice the size. SVG and PDF are
/// vector graphics. The file appears complete or not at all. Returns what went wrong, empty = done.
QString savePicture(
    const QString& path, QSize size, const PictureTag& tag, const PaintPicture& paint);
/// The same for an image that exists (PNG only).
QString saveImage(const QString& path, const QImage& image, const PictureTag& tag);

/// The preset that a picture written by this program carries (PNG, SVG); none where there is none.
std::optional<QByteArray> presetTextInPicture(const QString& path);

} // namespace ui
