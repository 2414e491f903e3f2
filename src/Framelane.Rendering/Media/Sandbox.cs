namespace Framelane.Rendering.Media;

/// <summary>The bubblewrap command in front of a media program: no network, no process but its own, of the file system only the system's
/// programs and libraries, the files that it is given to read, and one folder to write.</summary>
static class Sandbox
{
    static readonly string[] System = ["/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache"];

    /// <param name="program">By its path, or by a name that is looked for on PATH.</param>
    /// <param name="inputs">Files that it may read.</param>
    /// <param name="folder">The only folder that it may write, and where it works; null for none.</param>
    public static IEnumerable<string> Command(string program, IReadOnlyList<string> inputs, string? folder)
    {
        // No session of its own: it has the one that the tool began, by whose group it is ended.
        string[] isolation = ["bwrap", "--die-with-parent", "--unshare-all", "--cap-drop", "ALL", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"];
        var system = System.SelectMany(path => new[] { "--ro-bind-try", path, path });
        string[] work = folder is null ? ["--chdir", "/tmp"] : ["--bind", folder, folder, "--chdir", folder];
        // Inputs come last: one that lies in the folder stays read-only.
        // A program that was installed elsewhere is seen too, and nothing of what lies beside it.
        string[] elsewhere = Path.IsPathRooted(program) && !System.Any(known => program.StartsWith(known + '/', StringComparison.Ordinal)) ? [program] : [];
        return [.. isolation, .. system, .. work, .. elsewhere.Concat(inputs).SelectMany(path => new[] { "--ro-bind", path, path }), "--", program];
    }
}
