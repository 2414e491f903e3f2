using System.Text.Json;
using Framelane.Application.Common;

namespace Framelane.Application.Events;

/// <summary>The body that receivers get (contract/webhooks.md, "Events").</summary>
/// <param name="Sequence">Its place among the events of its job, from 1.</param>
/// <param name="Data">The job, or the asset; empty for a ping.</param>
/// <param name="Metadata">The job's metadata.</param>
public sealed record EventBody(
    string Id,
    string Type,
    DateTimeOffset CreatedAt,
    string WorkspaceId,
    int Sequence,
    object Data,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The bytes that every attempt sends.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options);
}
