using Framelane.Application.Abstractions;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Transitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Rendering;

public static class DependencyInjection
{
    /// <summary>Registers the renderer, and what the catalogue says of it.</summary>
    public static IServiceCollection AddRendering(this IServiceCollection services)
    {
        services.AddSingleton(provider => new MediaTool(Options(provider.GetRequiredService<IOptions<MediaOptions>>().Value)));
        services.AddSingleton<IMediaTools>(provider => provider.GetRequiredService<MediaTool>());
        services.AddSingleton<IMediaProbe, MediaProbe>();
        services.AddSingleton<IRenderEngine, RenderEngine>();
        services.AddSingleton(Capabilities());
        return services;
    }

    /// <summary>From the registries: what is in one can be rendered.</summary>
    internal static RenderingCapabilities Capabilities() => new()
    {
        Effects = EffectRegistry.All.Select(effect => effect.Name).ToHashSet(),
        Motions = MotionRegistry.All.Select(motion => motion.Name).ToHashSet(),
        Transitions = TransitionRegistry.All.Select(transition => transition.Name).Concat(TransitionRegistry.Aliases.Keys).ToHashSet(),
        BlendModes = WireNames.Of<BlendMode>().ToHashSet(),
        Easings = WireNames.Of<Easing>().ToHashSet(),
        ElementTypes = new HashSet<string> { "video", "audio", "image", "composition" },
        OutputFormats = WireNames.Of<OutputFormat>().ToHashSet(),
    };

    static MediaToolOptions Options(MediaOptions options) => new() { Ffmpeg = options.FfmpegPath, Ffprobe = options.FfprobePath };
}
