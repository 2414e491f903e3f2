using Framelane.Bench.Common;

namespace Framelane.Bench.Load;

/// <summary>The producer's process, which can be killed and started again; its notes go on.</summary>
sealed class Producer(string dataPath, string notes, int rate, string jobUrl) : IAsyncDisposable
{
    Child? child;
    int runs;

    public string Notes => notes;

    public void Start()
    {
        child = Child.StartOwn(["producer", "--data", dataPath, "--notes", notes, "--rate", $"{rate}", "--run", $"{runs++}", "--job-url", jobUrl]);
        child.Drain(_ => { });
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
            throw new InvalidOperationException("The producer ended by itself.");
    }

    public ValueTask DisposeAsync() => new(KillAsync());
}
