using System.Text.Json;
using System.Text.Json.Serialization;
using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Storage;

/// <summary>Where the saved bytes of a draft lie in a bucket.</summary>
/// <param name="Upload">The multipart upload's id; null where no part was full yet.</param>
/// <param name="Parts">In their order, each of <see cref="PartBytes"/>.</param>
/// <param name="Tail">The object that has what comes behind the parts; null where there is nothing.</param>
/// <param name="Replaced">The tail before this one, which nobody needs once these notes are kept.</param>
sealed record S3DraftNotes(string? Upload, IReadOnlyList<S3Part> Parts, S3Tail? Tail, string? Replaced)
{
    /// <summary>At least 5 MiB, of which 5 GiB are less than the parts that a file may have.</summary>
    public const int PartBytes = 8 << 20;

    /// <summary>Writers that follow each other number their parts apart, so that one that came too late writes over nobody's.</summary>
    const int NumbersAPart = 15;

    public static readonly S3DraftNotes None = new(null, [], null, null);

    [JsonIgnore]
    public long Length => ((long)Parts.Count * PartBytes) + (Tail?.Length ?? 0);

    public SavedDraft ToSaved() => new(Length, JsonSerializer.Serialize(this));

    /// <summary>A draft that begins anew has only what was put aside before to drop.</summary>
    public static S3DraftNotes Of(SavedDraft saved)
    {
        var notes = Read(saved.Notes);
        return saved.Length > 0 ? notes : None with { Replaced = notes.Tail?.Key };
    }

    public static S3DraftNotes Read(string? notes) => notes is null ? None : JsonSerializer.Deserialize<S3DraftNotes>(notes)!;

    public int NextNumber(long fence) => (Parts.Count * NumbersAPart) + (int)(fence % NumbersAPart) + 1;
}

sealed record S3Part(int Number, string ETag);

sealed record S3Tail(string Key, int Length);
