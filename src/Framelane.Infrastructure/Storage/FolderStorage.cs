using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Storage;

/// <summary>Keeps files in <c>{DataPath}/files</c>, each with its content type in a file beside it.</summary>
/// <remarks>What is the storage's own has a <c>~</c> in its name, which no key has.</remarks>
sealed class FolderStorage(DataFolder folder, SignedUrls urls, TimeProvider time) : IObjectStorage
{
    const string Root = "files";

    public static readonly string Drafts = Path.Combine(Root, "~drafts");

    static readonly TimeSpan LongestPut = TimeSpan.FromDays(1);

    public async Task PutAsync(string key, string path, string contentType, CancellationToken cancellationToken)
    {
        folder.Ensure(Drafts);
        DropAbandoned();
        var target = await PrepareAsync(key, contentType, cancellationToken);
        await PrivateFile.CopyAsync(path, folder.Of(Path.Combine(Drafts, Guid.NewGuid().ToString("N"))), target, cancellationToken);
    }

    /// <summary>Puts a file there that is on the disk already, in storage's own folder: it is moved.</summary>
    public async Task AdoptAsync(string key, string path, string contentType, CancellationToken cancellationToken) =>
        File.Move(path, await PrepareAsync(key, contentType, cancellationToken), overwrite: true);

    public async Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        if (!file.Exists)
            return null;
        var type = TypeOf(file.FullName);
        return new(
            key,
            file.Length,
            File.Exists(type) ? await File.ReadAllTextAsync(type, cancellationToken) : "application/octet-stream",
            string.Create(CultureInfo.InvariantCulture, $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}"));
    }

    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(key), new FileStreamOptions
            {
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                Share = FileShare.ReadWrite | FileShare.Delete,
            }));
        }
        catch (Exception failure) when (failure is DirectoryNotFoundException or FileNotFoundException)
        {
            throw new FileNotFoundException("There is no such file in storage.", key, failure);
        }
    }

    public async Task<bool> CopyAsync(string key, string target, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(target);
        if (await FindAsync(key, cancellationToken) is not { } found)
            return false;
        try
        {
            await PutAsync(target, PathOf(key), found.ContentType, cancellationToken);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Deleted meanwhile: its type may have been written, and is no file.
            await DeleteAsync(target, cancellationToken);
            return false;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
            File.Delete(TypeOf(path));
        }

        return Task.CompletedTask;
    }

    public Task DeleteFolderAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Task.CompletedTask;
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        folder.Ensure(Drafts);
        var path = folder.Of(Path.Combine(Drafts, Guid.NewGuid().ToString("N")));
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        await file.WriteAsync(new byte[1], cancellationToken);
    }

    public Uri SignUrl(string key, TimeSpan lifetime, string? filename) => urls.Sign(ObjectKey.Checked(key), lifetime, filename);

    /// <summary>Writes its type first: with the bytes in place the file is there.</summary>
    async Task<string> PrepareAsync(string key, string contentType, CancellationToken cancellationToken)
    {
        var target = PathOf(key);
        folder.Ensure(Path.GetDirectoryName(Path.Combine(Root, key))!);
        await PrivateFile.WriteAsync(TypeOf(target), System.Text.Encoding.UTF8.GetBytes(contentType), cancellationToken);
        return target;
    }

    string PathOf(string key) => folder.Of(Path.Combine(Root, ObjectKey.Checked(key)));

    static string TypeOf(string path) => path + "~type";

    /// <summary>A process that died while it put a file left what it had written.</summary>
    void DropAbandoned()
    {
        var oldest = time.GetUtcNow().UtcDateTime - LongestPut;
        foreach (var draft in new DirectoryInfo(folder.Of(Drafts)).EnumerateFiles().Where(draft => draft.LastWriteTimeUtc < oldest))
            draft.Delete();
    }
}
