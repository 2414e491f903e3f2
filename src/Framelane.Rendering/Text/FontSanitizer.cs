using System.Globalization;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Text;

/// <summary>Has the OpenType Sanitizer write a font anew, of what in it is sound, as plain TrueType or OpenType whatever it came as.</summary>
sealed class FontSanitizer(MediaTool tool)
{
    const string Program = "ots-sanitize", Ending = ".sound";

    /// <summary>Bytes of what it writes: twice the largest font that is taken in.</summary>
    const long LargestOutput = 128 << 20;

    static readonly Lazy<bool> Installed = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program))));

    /// <summary>Without it no compressed font can be read.</summary>
    public static bool IsInstalled => Installed.Value;

    /// <param name="path">By full path, in a folder that can be written to.</param>
    /// <param name="wanted">Which faces of a collection.</param>
    /// <returns>The sound fonts, beside it, or itself where there is no sanitizer; null where it is not sound.</returns>
    public async Task<IReadOnlyList<string>?> SanitizeAsync(string path, Func<FontFace, bool> wanted, CancellationToken cancellationToken)
    {
        if (!IsInstalled)
            return [path];
        if (!IsCollection(path))
            return await WriteAsync([path, path + Ending], cancellationToken) ? [path + Ending] : null;

        // Face by face: of a whole collection, version 8.2.1 writes the first face's tables for all of them.
        var files = new List<string>();
        foreach (var index in FontFileReader.Read(path).Where(wanted).Select(face => face.Index.ToString(CultureInfo.InvariantCulture)))
        {
            files.Add($"{path}.{index}{Ending}");
            if (!await WriteAsync([path, files[^1], index], cancellationToken))
                return null;
        }

        return files;
    }

    async Task<bool> WriteAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var command = new MediaCommand(Program, arguments, [arguments[0]], Path.GetDirectoryName(arguments[1]), LargestOutput);
        return (await tool.RunAsync(command, tool.Options.ProbeTimeout, cancellationToken)).ExitCode == 0;
    }

    static bool IsCollection(string path)
    {
        var head = new byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual("ttcf"u8);
    }
}
