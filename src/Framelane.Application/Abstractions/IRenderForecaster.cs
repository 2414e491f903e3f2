using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;

namespace Framelane.Application.Abstractions;

/// <summary>Says what a render will be, without its sources.</summary>
public interface IRenderForecaster
{
    /// <param name="scene">A scene that was found valid.</param>
    /// <param name="durations">Seconds of the sources that are known, by URL.</param>
    RenderForecast Of(CreateRenderRequest scene, IReadOnlyDictionary<string, double> durations);
}
