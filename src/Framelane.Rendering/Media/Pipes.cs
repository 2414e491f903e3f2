using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Framelane.Rendering.Media;

/// <summary>What .NET does not do with pipes.</summary>
static partial class Pipes
{
    const int SetSize = 1031, Largest = 1 << 20;

    const uint OwnersAlone = 0x180;

    /// <summary>Lets a pipe hold most of a frame: two processes then take fewer turns. Where the system refuses, it stays as it is.</summary>
    public static void Widen(Stream pipe)
    {
        if (OperatingSystem.IsLinux() && pipe is PipeStream { SafePipeHandle: var handle })
            _ = Control(handle, SetSize, Largest);
    }

    /// <summary>Makes a pipe in the file system.</summary>
    public static void Make(string path)
    {
        if (MakeNamed(path, OwnersAlone) != 0)
            throw new IOException($"No pipe could be made: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafePipeHandle pipe, int command, int value);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNamed(string path, uint mode);
}
