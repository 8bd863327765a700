#pragma once

#include "engine/analysis/connection_picture.hpp"
#include "ui/widgets/latest_result.hpp"

#include <QObject>

#include <memory>

namespace ui {

/// Pictures of the connections of a network, made in a pool: the whole network, and the part that
/// is in view. What is known stays as long as it holds; weights that change make no new picture.
class ConnectionPictures : public QObject {
    Q_OBJECT

public:
    using Experiment = std::shared_ptr<const engine::config::Experiment>;
    using Picture = std::shared_ptr<const engine::analysis::ConnectionPicture>;

    explicit ConnectionPictures(QObject* parent = nullptr);

    /// Neurons counted through all populations, and how many cells there is room for.
    struct View {
        std::uint32_t first_target = 0;
        std::uint32_t end_target = 0;
        std::uint32_t first_source = 0;
        std::uint32_t end_source = 0;
        std::size_t rows = 0;
        std::size_t columns = 0;
        friend bool operator==(const View&, const View&) = default;
    };
    void look(const Experiment& experiment, const View& view);
    void forget();

    /// nullptr while it is not known.
    const Picture& whole() const { return m_whole; }
    /// Of the last view that was part of the network; nullptr where the whole is in view.
    const Picture& part() const { return m_part; }
    bool busy() const { return m_making.busy(); }
    int passes() const { return m_passes; }

Q_SIGNALS:
    void changed();

private:
    struct Made {
        Experiment experiment;
        View view;
        Picture whole;
        Picture part;
        int passes = 0;
    };
    Experiment m_experiment; ///< whose pictures they are
    View m_view;
    Experiment m_wanted; ///< being made
    View m_wantedView;
    Picture m_whole;
    Picture m_part;
    int m_passes = 0;
    LatestResult<std::shared_ptr<const Made>> m_making;
};

} // namespace ui
