using Framelane.Application.Abstractions;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Text;
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
        services.AddSingleton<MediaProbe>();
        services.AddSingleton<IMediaProbe>(provider => provider.GetRequiredService<MediaProbe>());
        services.AddSingleton<IFontProbe, FontProbe>();
        services.AddSingleton<IRenderEngine, RenderEngine>();
        services.AddSingleton<IRenderForecaster, RenderForecaster>();
        services.AddSingleton(provider => FontLibrary.Of(provider.GetRequiredService<IOptions<MediaOptions>>().Value.FontPaths));
        services.AddSingleton(provider => Capabilities(provider.GetRequiredService<FontLibrary>()));
        return services;
    }

    /// <summary>From the registries: what is in one can be rendered.</summary>
    internal static RenderingCapabilities Capabilities(FontLibrary fonts)
    {
        var all = Registered(fonts) with { TextFault = TextFault(fonts.Families, Unicode.IsInstalled) };
        return all.TextFault is null ? all with { ElementTypes = all.ElementTypes.Append("text").ToHashSet() } : all;
    }

    /// <remarks>Texts need the font that they are set in where they name none.</remarks>
    internal static string? TextFault(IEnumerable<string> families, bool hasUnicode) =>
        !hasUnicode ? "Texts cannot be set: ICU is not installed."
        : families.Contains(FontLibrary.DefaultFamily) ? null
        : $"Texts cannot be set: the font {FontLibrary.DefaultFamily} is not installed.";

    static RenderingCapabilities Registered(FontLibrary fonts) => new()
    {
        Effects = EffectRegistry.All.Select(effect => effect.Name).ToHashSet(),
        Motions = MotionRegistry.All.Select(motion => motion.Name).ToHashSet(),
        CharacterMotions = MotionRegistry.All.Where(motion => motion.Scopes.Contains(MotionScope.Character)).Select(motion => motion.Name).ToHashSet(),
        WordAnimations = WordStyle.All.Select(style => style.Name).ToHashSet(),
        TextPresets = TextPreset.All.Select(preset => preset.Name).ToHashSet(),
        Transitions = TransitionRegistry.All.Select(transition => transition.Name).Concat(TransitionRegistry.Aliases.Keys).ToHashSet(),
        BlendModes = WireNames.Of<BlendMode>().ToHashSet(),
        Easings = WireNames.Of<Easing>().ToHashSet(),
        ElementTypes = new HashSet<string>(["video", "audio", "image", "composition"]),
        Fonts = [.. fonts.Families.Select(family => Family(family, fonts.Styles(family)))],
        OutputFormats = WireNames.Of<OutputFormat>().ToHashSet(),
    };

    static FontFamilyCapability Family(string name, (int Lightest, int Heaviest, bool HasItalics) styles) =>
        new(name, styles.Lightest, styles.Heaviest, styles.HasItalics);

    static MediaToolOptions Options(MediaOptions options) => new() { Ffmpeg = options.FfmpegPath, Ffprobe = options.FfprobePath };
}
