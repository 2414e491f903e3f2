using Framelane.Application.Assets;
using Framelane.Domain.Assets;

namespace Framelane.Application.Imports;

/// <summary>How far the fetching of a remote file is.</summary>
public sealed record ImportResponse
{
    public required string Id { get; init; }

    public required ImportStatus Status { get; init; }

    /// <summary>What jobs name the file by, once it is ready.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>Set once failed.</summary>
    public ImportErrorResponse? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum ImportStatus
{
    Processing,
    Ready,
    Failed,
}

/// <summary>Why an import failed.</summary>
/// <param name="Code">Stable; branch on it.</param>
/// <param name="Message">For a person; may change.</param>
public sealed record ImportErrorResponse(string Code, string Message);

/// <summary>Shows imports: what they bring are assets.</summary>
public sealed class ImportViews(SourceUrls urls)
{
    public ImportResponse Of(Asset asset) => new()
    {
        Id = asset.ImportId!.Value.Value,
        Status = asset.Status switch
        {
            AssetStatus.Ready => ImportStatus.Ready,
            AssetStatus.Failed => ImportStatus.Failed,
            _ => ImportStatus.Processing,
        },
        SourceUrl = asset.Status == AssetStatus.Ready ? urls.Of(asset) : null,
        Error = asset.Error is { } error ? new(error.Code, error.Message) : null,
        CreatedAt = asset.CreatedAt,
    };
}
