using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>Every render is as long as its scene says, and of unknown length where that says nothing.</summary>
sealed class DeclaredForecast : IRenderForecaster
{
    public RenderForecast Of(CreateRenderRequest scene, IReadOnlyDictionary<string, SourceDuration> durations) => new(
        [],
        new() { WorkSeconds = null, RenderMinutes = scene.Duration / 60, Frames = null, Width = 1, Height = 1, Duration = scene.Duration, FrameRate = 30 });
}
