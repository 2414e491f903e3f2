using System.Runtime.InteropServices;

namespace Framelane.Rendering.Media;

/// <summary>A program and all that it forked, but for what has begun a session of its own.</summary>
static partial class ProcessGroup
{
    const int SigKill = 9;

    /// <summary>
    /// Ends them all. Who looks for children and ends them one by one overlooks what is forked meanwhile, and what has lost its parent: a
    /// sandbox that was only half set up then waited for ever, and held the pipes.
    /// </summary>
    /// <remarks>
    /// The first one before its group: where it has not begun its session yet it has no group, and once a signal has ended it, it can neither
    /// begin one nor fork into it.
    /// </remarks>
    /// <param name="leader">The first of them, which begins a session of its own before it forks.</param>
    public static void Kill(int leader)
    {
        _ = Send(leader, SigKill);
        _ = Send(-leader, SigKill);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
