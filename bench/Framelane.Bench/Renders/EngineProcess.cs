using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Renders;

/// <summary>The process <c>engine</c>: a worker's composition, which renders the scene of each line as a worker does, sandbox and limits included.</summary>
static class EngineProcess
{
    static readonly RenderLimits Limits = new(OutputDuration: TimeSpan.FromHours(2), OutputBytes: 20L << 30, PictureBytes: 2L << 30);

    public static async Task<int> RunAsync(Arguments args)
    {
        var place = Place.Embedded(args.Text("data"));
        args.Done();
        using var host = await Composition.BuildAsync(place, [], services => services.AddRendering());
        var (engine, probe) = (host.Services.GetRequiredService<IRenderEngine>(), host.Services.GetRequiredService<IMediaProbe>());
        Dictionary<string, string> probed = [];
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var asked = JsonSerializer.Deserialize<EngineOrder>(line)!;
            var scene = JsonSerializer.Deserialize<CreateRenderRequest>(asked.Scene, WireJson.Options)!;
            foreach (var path in asked.AreKept ? asked.Sources.Values.Except(probed.Keys) : [])
                probed[path] = (await probe.ProbeAsync(path, CancellationToken.None)).Kept!;
            var order = new RenderOrder(scene, asked.Sources, asked.Folder, Watermark: null, Limits) { Probed = asked.AreKept ? probed : [] };
            Console.WriteLine((await engine.RenderAsync(order, new Progress<RenderProgress>(), CancellationToken.None)).Path);
        }

        return 0;
    }
}

/// <param name="Scene">As it was posted.</param>
/// <param name="Sources">The file of each URL.</param>
/// <param name="Folder">The job's own.</param>
/// <param name="AreKept">Whether the sources are files that the workspace keeps, which are probed when they come, and here for the first order that has them.</param>
sealed record EngineOrder(string Scene, IReadOnlyDictionary<string, string> Sources, string Folder, bool AreKept);
