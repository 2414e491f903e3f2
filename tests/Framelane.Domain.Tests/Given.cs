using System.Reflection;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Domain.Tests;

/// <summary>The domain's things as tests begin with them.</summary>
static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Start);

    /// <summary>A secret as storage would hold it; its ciphertext is the epoch, so that no two are alike.</summary>
    public static SealedSecret Sealed(long epoch) => new(BitConverter.GetBytes(epoch), epoch);

    public static Workspace Workspace(DateTimeOffset? now = null) =>
        Domain.Workspaces.Workspace.Create(WorkspaceId.New(now ?? Start), "Studio", Plan.Pro, Sealed(1), now ?? Start);

    public static Webhook Webhook(bool enabled = true) => Domain.Webhooks.Webhook.Create(
        WebhookId.New(Start), WorkspaceId.New(Start), "https://example.com/hook", EventTypes.All, "main", enabled, Start);

    public static WebhookEvent Event(string type = "render.completed", string? jobId = "render_1", int sequence = 3) =>
        WebhookEvent.Create(EventId.New(Start), WorkspaceId.New(Start), type, jobId, sequence, "{}"u8.ToArray(), Start);

    public static Delivery Delivery() => Domain.Deliveries.Delivery.ToWebhook(Event(), Webhook(), oneShot: false, Start);

    /// <summary>Sets what only storage sets.</summary>
    public static T Stored<T>(this T entity, string property, object? value)
        where T : class
    {
        typeof(T).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(entity, value);
        return entity;
    }
}
