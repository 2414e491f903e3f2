using System.Runtime.InteropServices;

namespace Framelane.Rendering.Media;

/// <summary>A program and all that it forked, but for what has begun a session of its own.</summary>
static partial class ProcessGroup
{
    const int SigKill = 9, SigStop = 19;

    /// <summary>
    /// Ends them all. Who looks for children and ends them one by one overlooks what is forked meanwhile, and what has lost its parent: a
    /// sandbox that was only half set up then waited for ever, and held the pipes.
    /// </summary>
    /// <remarks>
    /// All at once: a sandbox that outlives its first process by a moment begins a session of its own. Where there is no group yet, the first
    /// one is held: it forks no more.
    /// </remarks>
    /// <param name="leader">The first of them, which begins a session of its own before it forks.</param>
    public static void Kill(int leader)
    {
        if (Send(-leader, SigKill) == 0)
            return;
        _ = Send(leader, SigStop);
        _ = Send(-leader, SigKill);
        _ = Send(leader, SigKill);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
