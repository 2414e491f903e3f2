namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Framelane:Storage";

    public const string Folder = "folder";

    public const string S3Provider = "s3";

    /// <summary><c>folder</c> (<c>{DataPath}/files</c>) or <c>s3</c>.</summary>
    public string Provider { get; set; } = Folder;

    /// <summary>How long what jobs made is kept.</summary>
    public TimeSpan OutputRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long uploads and imports are kept; left out, until they are deleted.</summary>
    public TimeSpan? AssetRetention { get; set; }

    /// <summary>Bytes: no new work is taken while less than this is free under <c>Framelane:DataPath</c>.</summary>
    public long MinFreeBytes { get; set; } = 2L << 30;

    public S3Options S3 { get; set; } = new();

    public bool IsS3 => Provider.Equals(S3Provider, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Section <c>Framelane:Storage:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>Left out, it is Amazon's own in <see cref="Region"/>. Clients are sent there too, so they have to reach it.</summary>
    public string? Endpoint { get; set; }

    public string? Region { get; set; }

    /// <summary>It has to be there already.</summary>
    public string? Bucket { get; set; }

    /// <summary>Left out together with <see cref="SecretKey"/>, the machine's own identity is used.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>The bucket is in the path and not in the host name, as most servers but Amazon's want it.</summary>
    public bool ForcePathStyle { get; set; }

    public override string ToString() => $"{Bucket} at {Endpoint ?? Region}";
}

sealed class StorageOptionsValidator() : SectionValidator<StorageOptions>(StorageOptions.Section)
{
    protected override IEnumerable<string> Failures(StorageOptions options)
    {
        if (options.OutputRetention <= TimeSpan.Zero || options.OutputRetention > Durations.Longest)
            yield return $"{nameof(options.OutputRetention)} is longer than nothing, such as 30.00:00:00, and {Durations.AtMost}";
        if (options.AssetRetention <= TimeSpan.Zero || options.AssetRetention > Durations.Longest)
            yield return $"{nameof(options.AssetRetention)} is longer than nothing and {Durations.AtMost}, or left out";
        if (options.MinFreeBytes < 0)
            yield return $"{nameof(options.MinFreeBytes)} is a number of bytes, 0 or more";
        if (!options.IsS3 && !options.Provider.Equals(StorageOptions.Folder, StringComparison.OrdinalIgnoreCase))
            yield return $"{nameof(options.Provider)} is {StorageOptions.Folder} or {StorageOptions.S3Provider}";
        if (!options.IsS3)
            yield break;
        foreach (var failure in Failures(options.S3))
            yield return $"{nameof(options.S3)}:{failure}";
    }

    static IEnumerable<string> Failures(S3Options options)
    {
        if (string.IsNullOrWhiteSpace(options.Bucket))
            yield return $"{nameof(options.Bucket)} is the name of a bucket that is there";
        if (options.Endpoint is null && string.IsNullOrWhiteSpace(options.Region))
            yield return $"{nameof(options.Region)} is needed where no Endpoint is given";
        if (options.Endpoint is not null && !HttpAddress.IsBase(options.Endpoint))
            yield return $"{nameof(options.Endpoint)} is an http or https address, without a query";
        if (string.IsNullOrEmpty(options.AccessKey) != string.IsNullOrEmpty(options.SecretKey))
            yield return $"{nameof(options.SecretKey)} and {StorageOptions.Section}:S3:{nameof(options.AccessKey)} are given together";
    }
}
