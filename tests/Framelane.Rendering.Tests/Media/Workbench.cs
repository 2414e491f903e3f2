using System.Diagnostics;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Tests.Media;

/// <summary>A folder of the test's own, and the real ffmpeg.</summary>
sealed class Workbench : IDisposable
{
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("framelane-media-");

    public MediaTool Tool { get; init; } = new(new());

    public string this[string name] => Path.Combine(Folder.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Whatever is written to it finds no room on the disk.</summary>
    public void Fill(string name) => File.CreateSymbolicLink(this[name], "/dev/full");

    /// <summary>Runs ffmpeg as a test's author would, on trusted arguments parted by spaces.</summary>
    public string Make(string name, string arguments, byte[]? input = null)
    {
        Run("ffmpeg", [.. $"-v error -y {arguments}".Split(' ', StringSplitOptions.RemoveEmptyEntries), this[name]], input);
        return this[name];
    }

    public string Probe(string name, string entries) =>
        Run("ffprobe", ["-v", "error", "-count_frames", "-of", "default=nw=1", "-show_entries", entries, this[name]], null);

    public string Run(string program, string[] arguments, byte[]? input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder.FullName,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output.Result;
    }

    public void Dispose() => Folder.Delete(recursive: true);
}
