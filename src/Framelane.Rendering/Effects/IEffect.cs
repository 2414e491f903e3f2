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
/// <param name="Seed">Of the element, of the effect's place in its list, and of the time; chance is drawn from it.</param>
/// <param name="Steady">The same without the time: for what goes on from frame to frame.</param>
readonly record struct EffectCall(float Intensity, double Time, uint Seed, uint Steady, ChromaSettings? Chroma, BufferPool Pool)
{
    /// <summary>Chance that holds for a while and then changes at once.</summary>
    /// <param name="perSecond">How many times it changes.</param>
    public uint Held(double perSecond) => Effects.Seed.Mix(Steady + (uint)(long)Math.Floor(Time * perSecond + 1e-6) * 0x9e3779b9);
}
