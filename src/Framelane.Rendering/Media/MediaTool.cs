using System.Diagnostics;
using System.Globalization;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Runs ffmpeg and ffprobe on input of unknown origin: without a shell, with an empty environment, under limits, and in bubblewrap
/// where that works on this machine.</summary>
public sealed class MediaTool(MediaToolOptions options) : IMediaTools
{
    const int LargestAnswer = 4 << 20;

    /// <summary>For a program to say what it is.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A session of its own: Ctrl-C in this process's terminal is for this process, which ends what it started in its own way.</summary>
    const string Apart = "setsid";

    static readonly string[] EndsWithUs = ["setpriv", "--pdeathsig", "KILL", "--"];

    readonly Lock trying = new();

    Task<MediaResult?>? trial;

    public MediaToolOptions Options => options;

    /// <summary>Whether programs run in bubblewrap: found out by trying it, once where it works, and anew by each check where it does not.</summary>
    public async Task<bool> IsSandboxedAsync() => await TrialAsync() is not null;

    public async Task<MediaToolsCheck> CheckAsync(CancellationToken cancellationToken)
    {
        // Where bubblewrap has not been seen to work both are tried in it, beside each other: what finds out about it has shown that ffmpeg runs.
        if (!KnowsItWorks() && await Task.WhenAll(TrialAsync(), TryAsync("ffprobe")) is [{ } confined, not null])
            return Found(MediaToolsState.Confined, confined);
        var sandboxed = await IsSandboxedAsync();
        return await Task.WhenAll(AskAsync("ffmpeg", sandboxed, cancellationToken), AskAsync("ffprobe", sandboxed, cancellationToken)) is [{ } ffmpeg, not null]
            ? Found(sandboxed ? MediaToolsState.Confined : MediaToolsState.Unconfined, ffmpeg)
            : new(MediaToolsState.Missing, "ffmpeg or ffprobe does not run.");
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
            if (trial is not { IsCompleted: true })
                return false;
            if (trial is { IsCompletedSuccessfully: true, Result: not null })
                return true;
            trial = null;
            return false;
        }
    }

    static MediaToolsCheck Found(MediaToolsState state, MediaResult ffmpeg) =>
        FfmpegBuild.FaultOf(ffmpeg) is { } fault ? new(MediaToolsState.Missing, fault) : new(state);

    Task<MediaResult?> TrialAsync()
    {
        lock (trying)
            return trial ??= TryAsync("ffmpeg");
    }

    /// <returns>Null where it does not run in bubblewrap.</returns>
    Task<MediaResult?> TryAsync(string program) =>
        options.Sandbox && OperatingSystem.IsLinux() ? AskAsync(program, sandboxed: true, CancellationToken.None) : Task.FromResult<MediaResult?>(null);

    /// <summary>Has a program say what it is: ffmpeg names its version on its error stream, and its encoders.</summary>
    /// <returns>Null where it does not run.</returns>
    async Task<MediaResult?> AskAsync(string program, bool sandboxed, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var process = await StartAsync(options, new(program, [program is "ffmpeg" ? "-encoders" : "-version"], []), sandboxed);
            process.Input.Close();
            var answer = await process.Output.ReadAtMostAsync(LargestAnswer, limit.Token);
            return await process.WaitAsync(limit.Token) == 0 ? new(0, answer, await process.ErrorsAsync()) : null;
        }
        catch (Exception e) when (e is MediaException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
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
