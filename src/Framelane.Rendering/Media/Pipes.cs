using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Media;

/// <summary>What .NET does not do with pipes.</summary>
static partial class Pipes
{
    const int SetSize = 1031, Largest = 1 << 20;

    /// <summary>Lets a pipe hold most of a frame: two processes then take fewer turns. Where the system refuses, it stays as it is.</summary>
    public static void Widen(Stream pipe)
    {
        if (OperatingSystem.IsLinux() && pipe is PipeStream { SafePipeHandle: var handle })
            _ = Control(handle, SetSize, Largest);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafePipeHandle pipe, int command, int value);
}
