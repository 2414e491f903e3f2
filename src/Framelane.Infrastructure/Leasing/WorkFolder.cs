using System.IO.Enumeration;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Leasing;

/// <summary>Where this process's work keeps its files: a folder of its own under <c>{DataPath}/work</c>, held by a lock on a file in it.</summary>
/// <remarks>What a process that was killed left behind is held by nobody, and the next one to start removes it.</remarks>
sealed class WorkFolder(DataFolder data) : IDisposable
{
    const string Name = "work";

    const string LockName = ".lock";

    /// <summary>In the process's folder: those of claimed work.</summary>
    const string Runs = "runs";

    static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    readonly Lazy<(string Path, FileStream Lock)> own = new(() => Make(data));

    /// <summary>Makes the process's folder, and removes those that nobody holds any more.</summary>
    public void Open() => _ = own.Value;

    /// <summary>A new folder for one run.</summary>
    public string MakeRun(IClaim claim) => MakeRun(Path.Combine(Runs, $"{claim.Name}-{claim.Fence}"));

    /// <summary>The same, of work that nobody claims.</summary>
    /// <param name="name">Unlike that of any other run of this process.</param>
    public string MakeRun(string name) => data.Ensure(Path.Combine(Path.GetRelativePath(data.Of(""), own.Value.Path), name));

    /// <summary>The runs of claimed work of all processes that share the disk, those with the most on it first.</summary>
    public IReadOnlyList<(string Folder, long Bytes)> LargestRuns() =>
    [
        .. Directory.EnumerateDirectories(data.Of(Name))
            .Select(folder => (Folder: folder, Runs: Path.Combine(folder, Runs)))
            .Where(each => Directory.Exists(each.Runs) && (each.Folder == own.Value.Path || IsHeld(each.Folder)))
            .SelectMany(each => RunsIn(each.Runs))
            .Select(run => (Folder: run, Bytes: BytesIn(run)))
            .OrderByDescending(run => run.Bytes)
            .ThenBy(run => run.Folder, StringComparer.Ordinal),
    ];

    /// <returns>The size of its files together; 0 where there is no such folder. What goes while they are counted does not count.</returns>
    public static long BytesIn(string folder)
    {
        try
        {
            return new FileSystemEnumerable<long>(folder, (ref entry) => entry.Length, Everything)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            }.Sum();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        if (!own.IsValueCreated)
            return;
        own.Value.Lock.Dispose();
        Remove(own.Value.Path);
    }

    static (string Path, FileStream Lock) Make(DataFolder data)
    {
        foreach (var folder in Directory.EnumerateDirectories(data.Ensure(Name)))
            RemoveAbandoned(folder);
        var path = data.Ensure(Path.Combine(Name, Guid.NewGuid().ToString("N")));
        return (path, Lock(path, FileMode.CreateNew));
    }

    static FileStream Lock(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Whether the process of another's folder lives.</summary>
    static bool IsHeld(string folder)
    {
        try
        {
            using (Lock(folder, FileMode.Open))
                return false;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <returns>None where they cannot be seen: the process ended just now, or another user's is.</returns>
    static string[] RunsIn(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static void RemoveAbandoned(string folder)
    {
        try
        {
            using (Lock(folder, FileMode.Open))
                Remove(folder);
        }
        catch (IOException)
        {
            // Somebody holds it, or has not locked it yet, or has just removed it.
        }
    }
}
