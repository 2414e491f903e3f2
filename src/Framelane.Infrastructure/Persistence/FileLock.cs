namespace Framelane.Infrastructure.Persistence;

/// <summary>A lock between the processes of one machine, on a file; the system frees it when its holder dies.</summary>
static class FileLock
{
    /// <summary>As long as the locks of the other databases.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How .NET says that somebody else has the file: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <exception cref="IOException">The file cannot be opened, for another reason than that somebody has it.</exception>
    /// <exception cref="TimeoutException">Another has had it for ten minutes.</exception>
    public static async Task<IAsyncDisposable> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException failure) when (Held.Contains(failure.HResult))
            {
                if (time.GetElapsedTime(began) >= Patience)
                    throw new TimeoutException("Another process has been preparing the database for ten minutes.", failure);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
