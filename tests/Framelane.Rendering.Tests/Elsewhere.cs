using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Json.Nodes;
using Framelane.Rendering.Tests.Engine;
using Framelane.Rendering.Tests.Text;
using Framelane.Rendering.Text;

namespace Framelane.Rendering.Tests;

/// <summary>This program again, on what is as good as another machine: what it draws there is to be compared with what is drawn here.</summary>
/// <param name="Settings">Of the runtime: names and values of its environment, parted by spaces.</param>
/// <param name="Launcher">A program that starts it, and its arguments.</param>
sealed record Elsewhere(string Settings, params string[] Launcher)
{
    public const string Argument = "elsewhere";

    static readonly Dictionary<string, Func<byte[], IEnumerable<(string Name, byte[] Bytes)>>> Works = new()
    {
        [nameof(Kernels)] = Kernels.Draw,
        [nameof(Renders)] = Renders.Draw,
        [nameof(Writings)] = _ => Writings.Draw(),
        [nameof(DependencyInjection.TextFault)] = _ => [("text", Encoding.UTF8.GetBytes(DependencyInjection.Capabilities(FontLibrary.Installed).TextFault ?? ""))],
    };

    /// <summary>What a process has to work with.</summary>
    public static string Here =>
        $"vectors of 256 bits: {Vector256.IsHardwareAccelerated}, gathering: {Avx2.IsSupported}, cores: {Environment.ProcessorCount}, culture: '{CultureInfo.CurrentCulture.Name}'";

    /// <summary>Whether the runtime knows people's languages there, as it does where it is not told to do without: the environment's is its own then.</summary>
    public bool KnowsCultures { get; init; }

    /// <returns>What it has there to work with, and what it drew.</returns>
    public (string There, (string Name, byte[] Bytes)[] Drawn) Draw(string work, byte[]? source = null)
    {
        var program = typeof(Elsewhere).Assembly.Location;
        // The host takes no file of another ending.
        var configuration = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.runtimeconfig.json");
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(program, "runtimeconfig.json")))!;
            json["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = !KnowsCultures;
            File.WriteAllText(configuration, json.ToJsonString());
            return Run([.. Launcher, "dotnet", "exec", "--runtimeconfig", configuration, program, Argument, work], source ?? []);
        }
        finally
        {
            File.Delete(configuration);
        }
    }

    /// <summary>The process itself.</summary>
    public static void Write(string work)
    {
        using var source = new MemoryStream();
        Console.OpenStandardInput().CopyTo(source);
        (string Name, byte[] Bytes)[] drawn = [.. Works[work](source.ToArray())];
        using var writer = new BinaryWriter(Console.OpenStandardOutput());
        writer.Write(Here);
        writer.Write(drawn.Length);
        foreach (var (name, bytes) in drawn)
        {
            writer.Write(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    (string There, (string Name, byte[] Bytes)[] Drawn) Run(string[] command, byte[] source)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var setting in Settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(source);
        process.StandardInput.Close();
        using var reader = new BinaryReader(process.StandardOutput.BaseStream);
        var there = reader.ReadString();
        (string, byte[])[] drawn = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => (reader.ReadString(), reader.ReadBytes(reader.ReadInt32())))];
        process.WaitForExit();
        return (there, drawn);
    }
}
