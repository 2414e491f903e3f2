using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Webhooks.Disable;

static class DisabledMail
{
    public static Mail To(string address, Workspace workspace, Webhook webhook) => new(
        address,
        $"Webhook {webhook.Id} was disabled",
        $"""
        The webhook {webhook.Id} of the workspace "{workspace.Name}" was disabled, because {Because(webhook.DisabledReason)}.

        Its address: {webhook.Url}

        Events are still recorded for it. Once the receiver is well again, enable the webhook
        (PATCH /v1/webhooks/{webhook.Id} with "enabled": true) and have what it missed sent
        again (POST /v1/webhooks/{webhook.Id}/recover).
        """);

    static string Because(string? reason) => reason == DisabledReasons.Gone
        ? "its receiver answered 410 Gone"
        : "no attempt at it has succeeded for days";
}
