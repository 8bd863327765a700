#include "ui/panels/preset_browser.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

using engine::config::LibraryEntry;
using engine::config::PresetInfo;

constexpr int entryRole = Qt::UserRole; ///< index in m_entries; families have none
constexpr int keyRole = Qt::UserRole + 1; ///< id or path

QString keyOf(const LibraryEntry& entry)
{
    return QString::fromStdString(entry.shipped ? entry.info.id : entry.file.string());
}

QString titleOf(const LibraryEntry& entry)
{
    return QString::fromStdString(
        entry.info.title.empty() ? entry.file.stem().string() : entry.info.title);
}

/// Every word has to occur somewhere in the texts.
bool matches(const PresetInfo& info, const QStringList& words)
{
    QString texts = QString::fromStdString(
        info.title + '\n' + info.id + '\n' + info.summary + '\n' + info.family);
    for (const auto& tag : info.tags) {
        texts += '\n' + QString::fromStdString(tag);
    }
    for (const QString& word : words) {
        if (!texts.contains(word, Qt::CaseInsensitive)) {
            return false;
        }
    }
    return true;
}

QString paragraph(const QString& heading, const std::string& text)
{
    if (text.empty()) {
        return {};
    }
    const QString body = QString::fromStdString(text).toHtmlEscaped();
    return heading.isEmpty() ? QStringLiteral("<p>%1</p>").arg(body)
                             : QStringLiteral("<p><b>%1</b> %2</p>").arg(heading, body);
}

} // namespace

PresetBrowser::PresetBrowser(const engine::config::PresetLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_search(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
    , m_nothing(new QLabel(tr("No preset matches."), this))
    , m_description(new QLabel)
{
    m_search->setPlaceholderText(tr("Search presets"));
    m_search->setAccessibleName(tr("Search presets"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);

    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(true);
    m_tree->setIndentation(fontMetrics().averageCharWidth() * 2);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setAccessibleName(tr("Presets"));
    m_tree->installEventFilter(this);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();

    m_description->setWordWrap(true);
    m_description->setTextFormat(Qt::RichText);
    m_description->setAlignment(Qt::AlignTop);
    m_description->setContentsMargins(4, 0, 4, 4);
    m_description->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_description->setOpenExternalLinks(true);
    m_description->setFocusPolicy(Qt::NoFocus);
    m_description->setAccessibleName(tr("About the selected preset"));
    auto* about = new QScrollArea;
    about->setWidgetResizable(true);
    about->setFrameShape(QFrame::NoFrame);
    about->setWidget(m_description);
    about->setFocusPolicy(Qt::NoFocus);

    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_tree);
    parts->addWidget(about);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 0);
    parts->setSizes({fontMetrics().lineSpacing() * 14, fontMetrics().lineSpacing() * 9});
    m_tree->setMinimumHeight(fontMetrics().lineSpacing() * 5);
    about->setMinimumHeight(fontMetrics().lineSpacing() * 3);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 0);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_nothing);
    layout->addWidget(parts, 1);

    connect(m_search, &QLineEdit::textChanged, this, &PresetBrowser::filter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &PresetBrowser::describe);
    connect(m_tree, &QTreeWidget::itemClicked, this, &PresetBrowser::activate);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &PresetBrowser::showMenu);
    refresh();
}

void PresetBrowser::setCurrent(const QString& idOrPath)
{
    m_current = idOrPath;
    forEachPreset([this](QTreeWidgetItem* item) {
        QFont font = m_tree->font();
        font.setBold(item->data(0, keyRole).toString() == m_current);
        item->setFont(0, font);
    });
    if (QTreeWidgetItem* item = itemOf(idOrPath)) {
        m_tree->setCurrentItem(item);
        m_tree->scrollToItem(item);
    }
}

void PresetBrowser::refresh()
{
    QStringList folded;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        if (!m_tree->topLevelItem(i)->isExpanded()) {
            folded += m_tree->topLevelItem(i)->text(0);
        }
    }
    m_tree->clear();
    m_entries = m_library.entries();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const LibraryEntry& entry = m_entries[i];
        const QString familyName
            = entry.shipped ? QString::fromStdString(entry.info.family) : tr("My presets");
        auto* item = new QTreeWidgetItem(
            family(familyName.isEmpty() ? tr("Other") : familyName), {titleOf(entry)});
        item->setData(0, entryRole, static_cast<qulonglong>(i));
        item->setData(0, keyRole, keyOf(entry));
        item->setToolTip(0, titleOf(entry));
    }
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        m_tree->topLevelItem(i)->setExpanded(!folded.contains(m_tree->topLevelItem(i)->text(0)));
    }
    filter();
    setCurrent(m_current);
}

QStringList PresetBrowser::shownTitles() const
{
    QStringList titles;
    forEachPreset([&titles](const QTreeWidgetItem* item) {
        if (!item->isHidden()) {
            titles += item->text(0);
        }
    });
    return titles;
}

bool PresetBrowser::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tree && event->type() == QEvent::Resize && m_tree->currentItem() != nullptr) {
        // After the tree has taken its new size: the open preset stays in sight when docks move.
        QTimer::singleShot(0, m_tree, [this] { m_tree->scrollToItem(m_tree->currentItem()); });
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (watched == m_tree && enter) {
            activate(m_tree->currentItem());
            return true;
        }
        if (watched == m_search && (enter || key == Qt::Key_Down)) {
            // The first match, so that typing a few letters and Enter opens a preset.
            QTreeWidgetItem* first = nullptr;
            forEachPreset([&first](QTreeWidgetItem* item) {
                first = first == nullptr && !item->isHidden() ? item : first;
            });
            if (first != nullptr) {
                m_tree->setCurrentItem(first);
                m_tree->setFocus();
                if (enter) {
                    activate(first);
                }
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QTreeWidgetItem* PresetBrowser::family(const QString& name)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        if (m_tree->topLevelItem(i)->text(0) == name) {
            return m_tree->topLevelItem(i);
        }
    }
    auto* item = new QTreeWidgetItem(m_tree, {name});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

void PresetBrowser::filter()
{
    const QStringList words = m_search->text().split(' ', Qt::SkipEmptyParts);
    bool any = false;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_tree->topLevelItem(i);
        bool anyOfGroup = false;
        for (int j = 0; j < group->childCount(); ++j) {
            const bool match = matches(entryOf(group->child(j))->info, words);
            group->child(j)->setHidden(!match);
            anyOfGroup = anyOfGroup || match;
        }
        group->setHidden(!anyOfGroup);
        if (!words.isEmpty() && anyOfGroup) {
            group->setExpanded(true);
        }
        any = any || anyOfGroup;
    }
    m_nothing->setVisible(!any);
    if (m_tree->currentItem() != nullptr && !m_tree->currentItem()->isHidden()) {
        m_tree->scrollToItem(m_tree->currentItem());
    }
}

void PresetBrowser::describe()
{
    const LibraryEntry* entry = entryOf(m_tree->currentItem());
    if (entry == nullptr) {
        return m_description->clear();
    }
    const PresetInfo& info = entry->info;
    m_description->setText(QStringLiteral("<p><b>%1</b></p>").arg(titleOf(*entry).toHtmlEscaped())
        + paragraph({}, info.summary) + paragraph(tr("Expect:"), info.expect)
        + paragraph(tr("Source:"), info.source)
        + (entry->shipped ? QString() : paragraph(tr("File:"), entry->file.string())));
}

void PresetBrowser::activate(QTreeWidgetItem* item)
{
    if (item == nullptr) {
        return;
    }
    if (entryOf(item) == nullptr) {
        item->setExpanded(!item->isExpanded());
        return;
    }
    Q_EMIT presetActivated(item->data(0, keyRole).toString());
}

void PresetBrowser::showMenu(const QPoint& position)
{
    // The menu key asks at the current item, the mouse where it is.
    QTreeWidgetItem* item = m_tree->itemAt(position);
    if (item == nullptr) {
        return;
    }
    QTreeWidgetItem* heading = item->parent() == nullptr ? item : item->parent();
    const LibraryEntry* first = entryOf(heading->child(0));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (item != heading) {
        menu->addAction(tr("&Open"), this, [this, key = item->data(0, keyRole).toString()] {
            Q_EMIT presetActivated(key); // the list may be another by then
        });
    }
    menu->addAction(tr("Show \u201c%1\u201d as &gallery").arg(heading->text(0)), this,
        [this, own = !first->shipped, family = QString::fromStdString(first->info.family)] {
            if (own) {
                Q_EMIT ownGalleryWanted();
            } else {
                Q_EMIT galleryWanted(family);
            }
        });
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

const engine::config::LibraryEntry* PresetBrowser::entryOf(const QTreeWidgetItem* item) const
{
    const QVariant index = item == nullptr ? QVariant() : item->data(0, entryRole);
    return index.isValid() ? &m_entries[static_cast<std::size_t>(index.toULongLong())] : nullptr;
}

QTreeWidgetItem* PresetBrowser::itemOf(const QString& idOrPath) const
{
    QTreeWidgetItem* found = nullptr;
    forEachPreset([&](QTreeWidgetItem* item) {
        found = item->data(0, keyRole).toString() == idOrPath ? item : found;
    });
    return found;
}

template <typename Visit> void PresetBrowser::forEachPreset(Visit visit) const
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        for (int j = 0; j < m_tree->topLevelItem(i)->childCount(); ++j) {
            visit(m_tree->topLevelItem(i)->child(j));
        }
    }
}

} // namespace ui
