namespace Framelane.Infrastructure.Configuration;

/// <summary>Files that only this process's user may read.</summary>
static class PrivateFile
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    const int CopyBytes = 1 << 18;

    /// <summary>Puts a file in place, on the disk and whole: whoever finds it finds all of it, whenever the process dies.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, $"{path}.{Guid.NewGuid():N}", file => file.WriteAsync(content, cancellationToken).AsTask());

    /// <summary>Puts a copy in place as <see cref="WriteAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/> does, by way of <paramref name="draft"/>.</summary>
    public static async Task CopyAsync(string source, string draft, string path, CancellationToken cancellationToken)
    {
        await using var original = new FileStream(
            source, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        await WriteAsync(path, draft, file => original.CopyToAsync(file, CopyBytes, cancellationToken));
    }

    /// <summary>A new file to write to.</summary>
    public static FileStream Create(string path) => new(path, Settings(FileMode.CreateNew));

    /// <summary>A file to write to, new or not, that nobody else can open meanwhile.</summary>
    /// <exception cref="IOException">Another has it open.</exception>
    public static FileStream OpenOrCreate(string path)
    {
        var settings = Settings(FileMode.OpenOrCreate);
        settings.Share = FileShare.None;
        return new(path, settings);
    }

    static async Task WriteAsync(string path, string draft, Func<FileStream, Task> write)
    {
        try
        {
            await using (var file = Create(draft))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static FileStreamOptions Settings(FileMode mode)
    {
        var settings = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerOnly;
        return settings;
    }
}
