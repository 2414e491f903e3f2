using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Storage;

/// <summary>Keeps each draft in a file that its writer has locked.</summary>
sealed class FolderDrafts(DataFolder folder, FolderStorage storage) : IDraftStorage
{
    /// <summary>EAGAIN of Linux and macOS, and Windows' ERROR_SHARING_VIOLATION.</summary>
    static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    public Task<IDraft?> OpenAsync(DraftTarget target, SavedDraft from, long fence, CancellationToken cancellationToken)
    {
        folder.Ensure(FolderStorage.Drafts);
        try
        {
            return Task.FromResult<IDraft?>(new FolderDraft(PrivateFile.OpenOrCreate(PathOf(target)), from.Length));
        }
        catch (IOException failure) when (Locked.Contains(failure.HResult))
        {
            return Task.FromResult<IDraft?>(null);
        }
    }

    public async Task CompleteAsync(DraftTarget target, SavedDraft whole, CancellationToken cancellationToken)
    {
        var draft = new FileInfo(PathOf(target));
        if (draft.Exists && draft.Length == whole.Length)
            await storage.AdoptAsync(target.Key, draft.FullName, target.ContentType, cancellationToken);
        else if ((await storage.FindAsync(target.Key, cancellationToken))?.Size != whole.Length)
            throw new IOException("A draft is not as long as it was saved.");
    }

    public Task AbortAsync(DraftTarget target, string? notes, CancellationToken cancellationToken)
    {
        var draft = new FileInfo(PathOf(target));
        if (draft.Exists)
            draft.Delete();
        return Task.CompletedTask;
    }

    public Task AbortFolderAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var draft in new DirectoryInfo(folder.Ensure(FolderStorage.Drafts)).EnumerateFiles(FileOf(ObjectKey.Checked(name) + "/*")))
            draft.Delete();
        return Task.CompletedTask;
    }

    string PathOf(DraftTarget target) => folder.Of(Path.Combine(FolderStorage.Drafts, FileOf(ObjectKey.Checked(target.Key))));

    static string FileOf(string key) => key.Replace('/', '~');
}

sealed class FolderDraft : IDraft
{
    readonly FileStream file;

    public FolderDraft(FileStream file, long length)
    {
        this.file = file;
        try
        {
            if (file.Length < length)
                throw new IOException("A draft is shorter than it was saved.");
            file.SetLength(length);
            file.Position = length;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => file.WriteAsync(bytes, cancellationToken).AsTask();

    public Task<SavedDraft> SaveAsync(bool all, CancellationToken cancellationToken)
    {
        file.Flush(flushToDisk: true);
        return Task.FromResult(new SavedDraft(file.Position, null));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
