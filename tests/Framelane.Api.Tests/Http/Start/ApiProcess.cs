using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>The program as an operator starts it: a process of its own.</summary>
sealed partial class ApiProcess : IAsyncDisposable
{
    readonly Process process = new();

    readonly ConcurrentQueue<string> lines = new();

    readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ApiProcess(IEnumerable<string> arguments)
    {
        process.StartInfo = new("dotnet", [ServerProgram.Path, "--urls=http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("It ended."));
    }

    /// <summary>All that it printed so far.</summary>
    public string Output => string.Join('\n', lines);

    public static ApiProcess Start(params (string Key, string Value)[] settings) => Start(new Dictionary<string, string>(), settings);

    /// <param name="environment">Variables that it gets besides ours.</param>
    public static ApiProcess Start(IReadOnlyDictionary<string, string> environment, params (string Key, string Value)[] settings)
    {
        var started = new ApiProcess(settings.Select(setting => $"--{setting.Key}={setting.Value}"));
        foreach (var (name, value) in environment)
            started.process.StartInfo.Environment[name] = value;
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> UrlAsync() => listening.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>How it ended.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode;
    }

    /// <summary>How many files and folders it watches for changes.</summary>
    public int CountWatches() => Directory.EnumerateFiles($"/proc/{process.Id}/fdinfo")
        .Sum(file => File.ReadLines(file).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal)));

    /// <summary>As an operator stops it, by SIGTERM.</summary>
    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await ExitCodeAsync();
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        listening.TrySetCanceled();
    }

    void Take(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
            listening.TrySetResult(new(match.Groups[1].Value));
    }

    [GeneratedRegex("Now listening on: (http://[0-9.:]+)")]
    private static partial Regex Listening();
}
