#include "ui/pictures.hpp"

#include "version.hpp"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QXmlStreamReader>

namespace ui {
namespace {

const QString presetKey = QStringLiteral("spikescope-preset");
const QString seedKey = QStringLiteral("spikescope-seed");
constexpr int screenDpi = 96; // with QSvgGenerator's 72 text would shrink

QString program()
{
    return QStringLiteral("Spikescope %1").arg(QLatin1String(spikescope::version));
}

QByteArray svgOf(QSize size, const PictureTag& tag, const PaintPicture& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setResolution(screenDpi);
    generator.setTitle(tag.title.toHtmlEscaped());
    generator.setDescription(QString::fromUtf8(tag.presetText).toHtmlEscaped());
    QPainter painter(&generator);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    paint(painter, size);
    painter.end();
    return bytes;
}

QByteArray pdfOf(QSize size, const PictureTag& tag, const PaintPicture& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(tag.title);
    writer.setCreator(program());
    writer.setResolution(screenDpi);
    writer.setPageSize(QPageSize(QSizeF(size) * 72.0 / screenDpi, QPageSize::Point));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    if (!tag.presetText.isEmpty()) {
        writer.addFileAttachment(
            QStringLiteral("preset.json"), tag.presetText, QStringLiteral("application/json"));
    }
    QPainter painter(&writer);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    paint(painter, size);
    painter.end();
    return bytes;
}

QString write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()
        || !file.commit()) {
        return QCoreApplication::translate("ui::pictures", "%1 could not be written: %2")
            .arg(path, file.errorString());
    }
    return {};
}

QString unknownEnding(const QString& path)
{
    return QCoreApplication::translate(
        "ui::pictures", "%1: the name must end in .png, .svg or .pdf")
        .arg(path);
}

} // namespace

QImage tagged(QImage image, const PictureTag& tag)
{
    image.setText(QStringLiteral("Title"), tag.title);
    image.setText(QStringLiteral("Software"), program());
    if (!tag.presetText.isEmpty()) {
        image.setText(presetKey, QString::fromUtf8(tag.presetText));
        image.setText(seedKey, QString::number(tag.seed));
    }
    return image;
}

QByteArray pngBytes(const QImage& image, const PictureTag& tag)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    tagged(image, tag).save(&buffer, "PNG");
    return bytes;
}

QString savePicture(
    const QString& path, QSize size, const PictureTag& tag, const PaintPicture& paint)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("svg")) {
        return write(path, svgOf(size, tag, paint));
    }
    if (ending == QLatin1String("pdf")) {
        return write(path, pdfOf(size, tag, paint));
    }
    if (ending == QLatin1String("png")) {
        constexpr int scale = 2;
        QImage image(size * scale, QImage::Format_RGB32);
        image.fill(Qt::white);
        image.setDevicePixelRatio(scale);
        QPainter painter(&image);
        paint(painter, size);
        painter.end();
        return saveImage(path, image, tag);
    }
    return unknownEnding(path);
}

QString saveImage(const QString& path, const QImage& image, const PictureTag& tag)
{
    if (QFileInfo(path).suffix().toLower() != QLatin1String("png")) {
        return QCoreApplication::translate("ui::pictures", "%1: the name must end in .png")
            .arg(path);
    }
    return write(path, pngBytes(image, tag));
}

std::optional<QByteArray> presetTextInPicture(const QString& path)
{
    QImageReader reader(path, "png");
    if (reader.canRead()) {
        // The reader's own text() would collapse blanks.
        const QString text = reader.read().text(presetKey);
        return text.isEmpty() ? std::nullopt : std::optional(text.toUtf8());
    }
    QFile file(path);
    if (QFileInfo(path).suffix().toLower() != QLatin1String("svg")
        || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement
            && xml.name() == QLatin1String("desc")) {
            const QByteArray text = xml.readElementText().toUtf8();
            return text.isEmpty() ? std::nullopt : std::optional(text);
        }
    }
    return std::nullopt;
}

} // namespace ui
