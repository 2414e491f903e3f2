using System.Runtime.InteropServices;

namespace Framelane.Rendering.Media;

/// <summary>A program and all that it forked, but for what has begun a session of its own.</summary>
static partial class ProcessGroup
{
    const int SigKill = 9;

    /// <summary>
    /// Ends them all at once. Who looks for children and ends them one by one overlooks what is forked meanwhile, and what has lost its parent: a
    /// sandbox that was only half set up then waited for ever, and held the pipes.
    /// </summary>
    /// <param name="leader">The first of them, which began a session of its own.</param>
    /// <returns>False where it has not begun one, or not yet.</returns>
    public static bool TryKill(int leader) => Kill(-leader, SigKill) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
