using System.Diagnostics;

namespace Framelane.Rendering.Tests.Media;

/// <summary>The decoders that run, as the system lists them.</summary>
static class Decoders
{
    /// <summary>Kills (SIGKILL) the one that decodes that file.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Kill(string path)
    {
        // Its sandbox has the same arguments after its own.
        var running = Process.GetProcesses().Where(process => Arguments(process.Id) is ["ffmpeg", ..] words && words.Contains("file:" + path) && words.Contains("-fps_mode")).ToArray();
        foreach (var process in running)
            process.Kill();
        return running.Length > 0;
    }

    static string[] Arguments(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
