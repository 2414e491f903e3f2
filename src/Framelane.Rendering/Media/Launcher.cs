using System.Collections.Concurrent;
using System.Diagnostics;

namespace Framelane.Rendering.Media;

/// <summary>Starts programs that end with this process, however it ends.</summary>
/// <remarks>The kernel ends them with the thread that started them (prctl, PR_SET_PDEATHSIG). Threads of the pool come and go; this one stays.</remarks>
static class Launcher
{
    static readonly BlockingCollection<Action> Asked = [];

    static Launcher() => new Thread(Serve) { IsBackground = true, Name = nameof(Launcher) }.Start();

    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    static void Serve()
    {
        foreach (var start in Asked.GetConsumingEnumerable())
            start();
    }
}
