using Framelane.Bench.Common;

namespace Framelane.Bench.Load;

/// <summary>The producer's process, which can be killed and started again; its notes go on.</summary>
/// <param name="settings">Where its database is not a file in the folder.</param>
/// <param name="events">How many it commits at least, and then ends; 0 for as many as it comes to.</param>
/// <param name="atOnce">How many jobs it works on.</param>
/// <param name="firstRun">Differs between producers at one database.</param>
sealed class Producer(
    string dataPath,
    string notes,
    int rate,
    string jobUrl,
    IEnumerable<KeyValuePair<string, string>>? settings = null,
    int events = 0,
    int firstRun = 0,
    int atOnce = 1) : IAsyncDisposable
{
    readonly LastWords lastWords = new();
    Child? child;
    int runs = firstRun;

    public string Notes => notes;

    public void Start()
    {
        string[] arguments = ["producer", "--data", dataPath, "--notes", notes, "--rate", $"{rate}", "--run", $"{runs++}", "--job-url", jobUrl, "--events", $"{events}", "--at-once", $"{atOnce}"];
        child = Child.StartOwn(arguments, Settings.ForEnvironment(settings ?? []), lastWords.Add);
        child.Drain(_ => { });
    }

    /// <summary>Until it has committed something.</summary>
    public async Task WaitBegunAsync()
    {
        while (!File.Exists(notes) || new FileInfo(notes).Length == 0)
        {
            EnsureRunning();
            await Task.Delay(20);
        }
    }

    /// <summary>Until it has committed all that it was to.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task WaitAsync(TimeSpan atMost)
    {
        await child!.WaitAsync(atMost);
        if (child.ExitCode != 0)
            throw Ended();
    }

    public async Task KillAsync()
    {
        if (child is not null)
            await child.DisposeAsync();
        child = null;
    }

    /// <summary>Lets it end what it has begun.</summary>
    public async Task StopAsync()
    {
        if (child is null)
            return;
        child.Ask("stop");
        await child.WaitAsync(TimeSpan.FromSeconds(30));
        await KillAsync();
    }

    /// <exception cref="InvalidOperationException">It ended although nobody ended it.</exception>
    public void EnsureRunning()
    {
        if (child is { HasExited: true })
            throw Ended();
    }

    public ValueTask DisposeAsync() => new(KillAsync());

    InvalidOperationException Ended() => new($"The producer ended by itself. {lastWords}");
}
