using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Framelane.Bench.Common;

/// <summary>A process of ours. It is stopped by its id, and does not outlive this one.</summary>
sealed partial class Child : IAsyncDisposable
{
    const int Terminate = 15;
    const int Resumed = 18;
    const int Stopped = 19;

    static readonly ConcurrentDictionary<int, Process> Alive = new();

    readonly Process process;
    readonly Action<string> onError;

    static Child()
    {
        // The first does not come where the second ends the process.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => KillAll();
    }

    Child(Process process, Action<string> onError) => (this.process, this.onError) = (process, onError);

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <param name="assembly">The path of what <c>dotnet</c> is to run.</param>
    /// <param name="onError">Gets each line of the standard error.</param>
    public static Child Start(string assembly, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, Action<string>? onError = null) =>
        StartProgram(Environment.ProcessPath!, [assembly, .. arguments], environment, onError);

    public static Child StartProgram(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, Action<string>? onError = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new Child(Process.Start(start)!, onError ?? Console.Error.WriteLine);
        Alive[child.Id] = child.process;
        child.process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                child.onError(text);
        };
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Another process of this program.</summary>
    public static Child StartOwn(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null, Action<string>? onError = null) =>
        Start(typeof(Child).Assembly.Location, arguments, environment ?? [], onError);

    public void Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <exception cref="InvalidOperationException">It ended.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken = default) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("A child process ended before it answered.");

    /// <summary>Reads its output to no end, so that it is never held up.</summary>
    public void Drain(Action<string> onLine)
    {
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                onLine(text);
        };
        process.BeginOutputReadLine();
    }

    /// <summary>kill -9. When this returns the process is gone.</summary>
    public async Task KillAsync()
    {
        KillQuietly(process);
        await process.WaitForExitAsync();
        Alive.TryRemove(Id, out _);
    }

    /// <summary>SIGSTOP: it does nothing any more, and holds what it holds.</summary>
    public void Suspend() => Send(Stopped);

    /// <summary>It goes on where it was.</summary>
    public void Resume() => Send(Resumed);

    /// <summary>Waits until it ends by itself, so long at most.</summary>
    public async Task WaitAsync(TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        await process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Asks it to stop, and makes it where it does not in that time.</summary>
    /// <returns>Whether it stopped by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan within)
    {
        var asked = !process.HasExited && Signal(Id, Terminate) == 0;
        using var patience = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            asked = false;
        }

        await KillAsync();
        return asked;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    void Send(int signal)
    {
        if (Signal(Id, signal) != 0)
            throw new InvalidOperationException("A child process has ended.");
    }

    static void KillAll()
    {
        foreach (var left in Alive.Values)
            KillQuietly(left);
    }

    static void KillQuietly(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
