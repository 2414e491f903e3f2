using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;

namespace Framelane.Application.Abstractions;

/// <summary>Says what a render will be, without its sources.</summary>
public interface IRenderForecaster
{
    /// <param name="scene">A scene that was found valid.</param>
    /// <param name="durations">Of the sources that are known, by URL.</param>
    RenderForecast Of(CreateRenderRequest scene, IReadOnlyDictionary<string, SourceDuration> durations);
}

/// <summary>How long a source lasts, as far as that makes an element of it last.</summary>
/// <param name="Seconds">Of its picture, where it has one.</param>
/// <param name="Sound">Second at which its sound ends, which an element that is only heard lasts to; null where nobody knows, and then that lasts as the rest.</param>
public readonly record struct SourceDuration(double Seconds, double? Sound = null);
