namespace Framelane.Domain.Events;

/// <summary>The types of event that a webhook can ask for (contract/webhooks.md, "Events").</summary>
public static class EventTypes
{
    /// <summary>Sent by the test route alone; it goes to the webhook that is tested whatever that one asked for.</summary>
    public const string Ping = "webhook.ping";

    public const string AssetReady = "asset.ready";

    static readonly string[] JobStages = ["queued", "processing", "progress", "completed", "failed", "cancelled"];

    /// <summary>All of them, in the contract's order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. JobStages.Select(stage => $"render.{stage}"),
        .. JobStages.Select(stage => $"task.{stage}"),
        AssetReady,
        Ping,
    ];

    static readonly HashSet<string> Known = [.. All];

    public static bool IsKnown(string? type) => type is not null && Known.Contains(type);
}
