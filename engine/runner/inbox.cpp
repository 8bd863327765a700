#include "engine/runner/inbox.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace engine::runner {

namespace {

/// A later jump takes the place of none before it.
bool changes_states(const SetValues& values)
{
    return std::any_of(values.values.begin(), values.values.end(),
        [](const auto& value) { return config::PresetDocument::names_state(value.first); });
}

} // namespace

std::vector<Command> coalesced(std::vector<Command> commands)
{
    std::vector<Command> kept;
    std::set<std::string> set_later;
    for (auto command = commands.rbegin(); command != commands.rend(); ++command) {
        const auto* values = std::get_if<SetValues>(&*command);
        if (values == nullptr || changes_states(*values)) {
            set_later.clear();
            kept.push_back(std::move(*command));
            continue;
        }
        const bool superseded = std::all_of(values->values.begin(), values->values.end(),
            [&](const auto& value) { return set_later.count(value.first) > 0; });
        if (superseded) {
            continue;
        }
        for (const auto& value : values->values) {
            set_later.insert(value.first);
        }
        kept.push_back(std::move(*command));
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

void Inbox::post(Command command)
{
    {
        const std::lock_guard lock(mutex_);
        if (mail_.commands.empty()) {
            mail_.since = Clock::now();
        }
        mail_.commands.push_back(std::move(command));
    }
    arrived_.notify_one();
}

void Inbox::post(BuildResult result)
{
    {
        const std::lock_guard lock(mutex_);
        mail_.builds.push_back(std::move(result));
    }
    arrived_.notify_one();
}

std::future<std::optional<Recording>> Inbox::ask(bool last_complete)
{
    Question question;
    question.last_complete = last_complete;
    std::future<std::optional<Recording>> answer = question.answer.get_future();
    {
        const std::lock_guard lock(mutex_);
        mail_.questions.push_back(std::move(question));
    }
    arrived_.notify_one();
    return answer;
}

Inbox::Mail Inbox::take()
{
    Mail mail;
    {
        const std::lock_guard lock(mutex_);
        std::swap(mail, mail_);
    }
    mail.commands = coalesced(std::move(mail.commands));
    return mail;
}

void Inbox::wait(const std::stop_token& stop, std::optional<Clock::time_point> until)
{
    std::unique_lock lock(mutex_);
    const auto something = [this] { return !empty(); };
    if (until) {
        arrived_.wait_until(lock, stop, *until, something);
    } else {
        arrived_.wait(lock, stop, something);
    }
}

bool Inbox::empty() const
{
    return mail_.commands.empty() && mail_.builds.empty() && mail_.questions.empty();
}

} // namespace engine::runner
