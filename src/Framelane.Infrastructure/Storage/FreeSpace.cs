using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Storage;

/// <param name="free">Bytes that this user may still write to the file system of a folder.</param>
sealed class FreeSpace(DataFolder folder, IOptions<StorageOptions> options, Func<string, long> free) : IFreeSpace
{
    public FreeSpace(DataFolder folder, IOptions<StorageOptions> options)
        : this(folder, options, path => new DriveInfo(path).AvailableFreeSpace)
    {
    }

    public bool HasRoom() => Free >= options.Value.MinFreeBytes;

    public bool IsRunningOut() => Free < options.Value.MinFreeBytes / 2;

    long Free => free(folder.Ensure());
}
