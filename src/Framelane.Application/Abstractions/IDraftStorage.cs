namespace Framelane.Application.Abstractions;

/// <summary>Files that come to storage piece by piece, from one writer after the other; under their key once they are whole.</summary>
public interface IDraftStorage
{
    /// <summary>Goes on with a draft behind what was saved of it. What lies beyond that is dropped.</summary>
    /// <param name="from">What the last writer saved, or <see cref="SavedDraft.Nothing"/>; with a length of 0 it begins anew.</param>
    /// <param name="fence">Higher than any writer's before: two that believe to be the only one do not touch each other's bytes.</param>
    /// <returns>Null where an earlier writer has not let go of it.</returns>
    Task<IDraft?> OpenAsync(DraftTarget target, SavedDraft from, long fence, CancellationToken cancellationToken);

    /// <summary>Puts the draft under its key, all of it at once. Doing so again changes nothing.</summary>
    Task CompleteAsync(DraftTarget target, SavedDraft whole, CancellationToken cancellationToken);

    /// <summary>Removes what is left of a draft, be it that it is complete. Nothing happens where there is nothing.</summary>
    Task AbortAsync(DraftTarget target, string? notes, CancellationToken cancellationToken);

    /// <summary>Removes what lies about of all drafts whose keys begin with the folder's name.</summary>
    Task AbortFolderAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A draft in the hands of its writer.</summary>
public interface IDraft : IAsyncDisposable
{
    Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Makes what was written outlast this process.</summary>
    /// <param name="all">All of it; otherwise as much as costs little.</param>
    Task<SavedDraft> SaveAsync(bool all, CancellationToken cancellationToken);
}

/// <param name="Key">What it will be found under, as in <see cref="IObjectStorage"/>.</param>
public sealed record DraftTarget(string Key, string ContentType);

/// <summary>What is there of a draft, whoever dies.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Notes">Storage's own; null where it needs none.</param>
public sealed record SavedDraft(long Length, string? Notes)
{
    public static readonly SavedDraft Nothing = new(0, null);
}
