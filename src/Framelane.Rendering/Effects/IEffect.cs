using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects;

/// <summary>A change of an element's own picture.</summary>
interface IEffect
{
    /// <summary>As it is written in a scene.</summary>
    string Name { get; }

    /// <summary>In place.</summary>
    void Apply(PixelBuffer picture, in EffectCall call);
}

/// <param name="Intensity">Above 0, to 1; at 0 no effect is called.</param>
/// <param name="Time">Seconds from the beginning of the element's source.</param>
/// <param name="Seed">Of the element and of the effect's place in its list; chance is drawn from it.</param>
readonly record struct EffectCall(float Intensity, double Time, uint Seed, ChromaSettings? Chroma, BufferPool Pool);
