using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;

namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>An asset that a job reads: it waits until it is ready, and keeps it from being deleted until it is terminal.</summary>
sealed class JobSourceRecord
{
    public required JobId JobId { get; init; }

    public required AssetId AssetId { get; init; }

    /// <summary>The URL by which the job names it: its own, or the external one that it was copied from.</summary>
    public required string Url { get; init; }

    /// <summary>Where its request names it first, for messages.</summary>
    public required string Place { get; init; }
}
