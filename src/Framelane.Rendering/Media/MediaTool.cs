using System.Diagnostics;
using System.Globalization;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Runs ffmpeg and ffprobe on input of unknown origin: without a shell, with an empty environment, under limits, and in bubblewrap
/// where that works on this machine.</summary>
public sealed class MediaTool(MediaToolOptions options) : IMediaTools
{
    const int LargestAnswer = 4 << 20;

    /// <summary>For a program to say which version it is.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A session of its own: Ctrl-C in this process's terminal is for this process, which ends what it started in its own way.</summary>
    const string Apart = "setsid";

    static readonly string[] EndsWithUs = ["setpriv", "--pdeathsig", "KILL", "--"];

    readonly Lock trying = new();

    Task<bool>? sandboxed;

    public MediaToolOptions Options => options;

    /// <summary>Whether programs run in bubblewrap: found out by trying it, once where it works, and anew by each check where it does not.</summary>
    public Task<bool> IsSandboxedAsync()
    {
        lock (trying)
            return sandboxed ??= RunsSandboxedAsync(options, "ffmpeg");
    }

    public async Task<MediaToolsState> CheckAsync(CancellationToken cancellationToken)
    {
        // Where bubblewrap has not been seen to work both are tried in it, beside each other: what finds out about it has shown that ffmpeg runs.
        if (!KnowsItWorks() && (await Task.WhenAll(IsSandboxedAsync(), RunsSandboxedAsync(options, "ffprobe"))).All(runs => runs))
            return MediaToolsState.Confined;
        if (!(await Task.WhenAll(RunsAsync("ffmpeg", cancellationToken), RunsAsync("ffprobe", cancellationToken))).All(runs => runs))
            return MediaToolsState.Missing;
        return await IsSandboxedAsync() ? MediaToolsState.Confined : MediaToolsState.Unconfined;
    }

    /// <summary>Starts a program whose pipes the caller serves.</summary>
    /// <exception cref="MediaException">It cannot be started.</exception>
    public async Task<MediaProcess> StartAsync(MediaCommand command) => await StartAsync(options, command, await IsSandboxedAsync());

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="MediaException">It took longer than it may, said too much, or was ended by somebody else.</exception>
    /// <exception cref="IOException">It found no room on the disk.</exception>
    public Task<MediaResult> RunAsync(MediaCommand command, TimeSpan timeout, CancellationToken cancellationToken) => RunAsync(
        command,
        async (process, token) =>
        {
            var answer = await process.Output.ReadAtMostAsync(LargestAnswer, token);
            return new MediaResult(await process.WaitAsync(token), answer, await process.ErrorsAsync());
        },
        timeout,
        cancellationToken);

    /// <summary>Runs a program whose output the caller reads to its end.</summary>
    /// <exception cref="MediaException">It took longer than it may, or was ended by somebody else.</exception>
    public async Task<T> RunAsync<T>(
        MediaCommand command, Func<MediaProcess, CancellationToken, Task<T>> read, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var process = await StartAsync(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            process.Input.Close();
            var answer = await read(process, limit.Token);
            var exitCode = await process.WaitAsync(limit.Token);
            if (command.Folder is not null)
                await process.ThrowIfFullAsync();
            return MediaProcess.WasEnded(exitCode)
                ? throw new MediaException(MediaErrorCodes.InternalError, "A media program was ended before its time.")
                : answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(MediaErrorCodes.RenderTimeout, "The work on a source took longer than it may.");
        }
    }

    /// <summary>Forgets a trial that failed: it may have been for want of processes, or before bubblewrap was there.</summary>
    bool KnowsItWorks()
    {
        lock (trying)
        {
            if (sandboxed is not { IsCompleted: true })
                return false;
            if (sandboxed is { IsCompletedSuccessfully: true, Result: true })
                return true;
            sandboxed = null;
            return false;
        }
    }

    async Task<bool> RunsAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            return (await RunAsync(new(program, ["-version"], []), Patience, cancellationToken)).ExitCode == 0;
        }
        catch (MediaException)
        {
            return false;
        }
    }

    static async Task<bool> RunsSandboxedAsync(MediaToolOptions options, string program)
    {
        if (!options.Sandbox || !OperatingSystem.IsLinux())
            return false;
        try
        {
            await using var process = await StartAsync(options, new(program, ["-version"], []), sandboxed: true);
            using var limit = new CancellationTokenSource(Patience);
            process.Input.Close();
            await process.Output.CopyToAsync(Stream.Null, limit.Token);
            return await process.WaitAsync(limit.Token) == 0;
        }
        catch (Exception e) when (e is MediaException or OperationCanceledException)
        {
            return false;
        }
    }

    static async Task<MediaProcess> StartAsync(MediaToolOptions options, MediaCommand command, bool sandboxed)
    {
        var program = Configured(options, command.Program);
        string[] words =
        [
            Apart, "prlimit", Limit("as", options.AddressSpace), Limit("cpu", (long)options.ProcessorTime.TotalSeconds), Limit("fsize", command.LargestFile ?? options.FileSize),
            Limit("core", 0), "--",
            .. sandboxed ? Sandbox.Command(program, command.Inputs, command.Folder) : [.. EndsWithUs, program], .. command.Arguments,
        ];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Folder ?? Path.GetTempPath(),
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = command.Folder ?? "/nonexistent";
        start.Environment["LANG"] = "C.UTF-8";
        try
        {
            return new(await Launcher.StartAsync(start));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new MediaException(MediaErrorCodes.InternalError, "A media program could not be started.", e);
        }
    }

    static string Configured(MediaToolOptions options, string program) => program switch
    {
        "ffmpeg" => options.Ffmpeg,
        "ffprobe" => options.Ffprobe,
        _ => program,
    };

    static string Limit(string resource, long value) => string.Create(CultureInfo.InvariantCulture, $"--{resource}={value}");
}

/// <param name="Program">ffmpeg or ffprobe.</param>
/// <param name="Inputs">The files that it reads, by full path; in bubblewrap it sees no others.</param>
/// <param name="Folder">The folder that it writes to; null where it writes to its pipe alone.</param>
/// <param name="LargestFile">Bytes of the largest file that it may write; null for the options' limit.</param>
public sealed record MediaCommand(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> Inputs, string? Folder = null, long? LargestFile = null);

/// <param name="Errors">The first of what it said on its error stream; for telling faults apart, never for showing.</param>
public sealed record MediaResult(int ExitCode, byte[] Answer, string Errors);
