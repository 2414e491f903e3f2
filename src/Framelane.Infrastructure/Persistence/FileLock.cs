namespace Framelane.Infrastructure.Persistence;

/// <summary>A lock between the processes of one machine, on a file; the system frees it when its holder dies.</summary>
static class FileLock
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IAsyncDisposable> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
