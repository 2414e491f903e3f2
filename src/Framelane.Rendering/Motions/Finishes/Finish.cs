using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>What a motion does to an element's picture once it is drawn, beside where it lies. Lengths are in pixels of the motion's stage.</summary>
/// <remarks>Two that say the same are equal, so that what is drawn alike can be drawn together.</remarks>
public abstract record Finish
{
    /// <summary>How it is laid on what is behind it, if in a way of its own.</summary>
    internal virtual BlendIn? Blending => null;

    /// <summary>The same without <see cref="Blending"/>; null where there is nothing else of it.</summary>
    internal virtual Finish? Unblended => this;

    /// <summary>All that it reaches of a picture that lies there.</summary>
    /// <param name="scale">Pixels of the canvas to each of the stage.</param>
    internal virtual Area Around(in Area drawn, double scale) => drawn;

    /// <summary>In place.</summary>
    /// <param name="picture">The element alone, opaque as a whole, with transparent room for all that is reached.</param>
    internal abstract void Apply(PixelBuffer picture, in Ground ground);

    /// <summary>Both, one after the other; null where there is none.</summary>
    internal static Finish? Both(Finish? first, Finish? second) => first is null || second is null ? first ?? second : new Pair(first, second);

    sealed record Pair(Finish First, Finish Second) : Finish
    {
        internal override BlendIn? Blending => Second.Blending ?? First.Blending;

        internal override Finish? Unblended => Both(First.Unblended, Second.Unblended);

        internal override Area Around(in Area drawn, double scale) => Second.Around(First.Around(drawn, scale), scale);

        internal override void Apply(PixelBuffer picture, in Ground ground)
        {
            First.Apply(picture, ground);
            Second.Apply(picture, ground with { Drawn = First.Around(ground.Drawn, ground.Scale), Reached = First.Around(ground.Reached, ground.Scale) });
        }
    }
}
