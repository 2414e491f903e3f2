namespace Framelane.Application.Uploads;

/// <summary>Where a file is sent, and what it is named by.</summary>
public sealed record UploadResponse
{
    /// <summary>Takes the bytes. It needs no API key.</summary>
    public required string UploadUrl { get; init; }

    /// <summary>What jobs name the file by, from now on.</summary>
    public required string SourceUrl { get; init; }

    /// <summary>Until when `upload_url` takes bytes.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public override string ToString() => $"{SourceUrl} ***";
}
