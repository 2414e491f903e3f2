using System.Diagnostics;
using System.Text;

namespace Framelane.Rendering.Media;

/// <summary>A running media program. Ends with all its children when it is disposed of.</summary>
public sealed class MediaProcess : IAsyncDisposable
{
    const int LongestErrors = 16 << 10;

    /// <summary>How often those who outlive it are ended, before they are left to themselves.</summary>
    const int Tries = 5;

    /// <summary>ENOSPC.</summary>
    const int NoSpace = 28;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How a program says that there is no room for what it writes, or no more for this user.</summary>
    static readonly string[] NoRoom = ["No space left on device", "Disk quota exceeded"];

    readonly Process process;
    readonly Task<string> errors;

    bool isStopped;

    int? exitCode;

    internal MediaProcess(Process process)
    {
        this.process = process;
        errors = ReadErrorsAsync(process.StandardError.BaseStream);
    }

    public int Id => process.Id;

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>The first of what it said on its error stream, once it has ended.</summary>
    public Task<string> ErrorsAsync() => errors;

    /// <summary>Ends with what it said, once it has ended: its exit code may be 0 although the end of its file found no room.</summary>
    /// <exception cref="IOException">The disk had no room for what it wrote. That says nothing of its source.</exception>
    public async Task ThrowIfFullAsync()
    {
        if (NoRoom.Any((await errors).Contains))
            throw new IOException("A media program found no room on the disk.", NoSpace);
    }

    /// <summary>Whether it ended by itself and well, or by <see cref="Kill"/>; known once it was waited for or disposed of.</summary>
    public bool EndedWell => isStopped || exitCode == 0;

    /// <summary>
    /// Whether a program with that exit code was ended by somebody: by SIGKILL or SIGTERM, which ffmpeg answers with 255. One that crashes says
    /// something of its source.
    /// </summary>
    public static bool WasEnded(int exitCode) => exitCode is 128 + 9 or 128 + 15 or 255;

    /// <returns>Its exit code; above 128 where a signal ended it, by the signal's number.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return (exitCode = process.ExitCode).Value;
    }

    /// <summary>Ends it and its children; reads and writes of its pipes end too.</summary>
    public void Kill()
    {
        try
        {
            // It has taken its children with it. To look for them is to read about every process of the machine.
            if (process.HasExited)
                return;
            isStopped = true;
            ProcessGroup.Kill(process.Id);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        if (exitCode is null)
            await WaitAsync(CancellationToken.None);

        // Whoever holds its pipes yet is of its group: a sandbox that was half set up when its first process ended waits for ever.
        for (var tries = 0; tries < Tries && await Task.WhenAny(errors, Task.Delay(Patience)) != errors; tries++)
            ProcessGroup.Kill(process.Id);

        process.Dispose();
    }

    // Read to the end, whatever is kept of it: a full pipe would stop the program.
    static async Task<string> ReadErrorsAsync(Stream stream)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
            kept.Write(buffer, 0, (int)Math.Min(count, LongestErrors - kept.Length));
        return Encoding.UTF8.GetString(kept.ToArray());
    }
}
