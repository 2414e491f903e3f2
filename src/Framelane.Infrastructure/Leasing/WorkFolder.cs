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

    readonly Lazy<(string Path, FileStream Lock)> own = new(() => Make(data));

    /// <summary>Makes the process's folder, and removes those that nobody holds any more.</summary>
    public void Open() => _ = own.Value;

    /// <summary>A new folder for one run.</summary>
    public string MakeRun(IClaim claim) => MakeRun(Path.Combine(Runs, $"{claim.Name}-{claim.Fence}"));

    /// <summary>The same, of work that nobody claims.</summary>
    /// <param name="name">Unlike that of any other run of this process.</param>
    public string MakeRun(string name) => data.Ensure(Path.Combine(Path.GetRelativePath(data.Of(""), own.Value.Path), name));

    /// <summary>The runs of claimed work, whichever of the process's workers has them, those with the most on disk first.</summary>
    public IReadOnlyList<(string Folder, long Bytes)> LargestRuns()
    {
        var runs = Path.Combine(own.Value.Path, Runs);
        return Directory.Exists(runs) ? [.. Directory.EnumerateDirectories(runs).Select(run => (run, BytesIn(run))).OrderByDescending(run => run.Item2)] : [];
    }

    /// <returns>The size of its files together; 0 where there is no such folder.</returns>
    public static long BytesIn(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
        }
        catch (IOException)
        {
            // One went while they were counted.
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
