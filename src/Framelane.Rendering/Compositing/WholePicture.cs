using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using Framelane.Rendering.Transitions;

namespace Framelane.Rendering.Compositing;

/// <summary>Pictures that fill the canvas pixel for pixel and hide all behind them: they are copied and not drawn, which gives the same.</summary>
static class WholePicture
{
    /// <returns>Whether it was such a picture, or two of them that give way to each other.</returns>
    public static bool TryFill(FramePlan plan, PlannedPicture picture, ISourcePictures sources, PixelBuffer target)
    {
        if (Of(plan, picture, sources) is { } whole)
        {
            whole.Bytes.CopyTo(target.Bytes);
            return true;
        }

        if (picture is PlannedTransition transition
            && TransitionRegistry.Get(transition.Type) is { KeepsOpaque: true } kind
            && Of(plan, transition.From, sources) is { } from
            && Of(plan, transition.To, sources) is { } to)
        {
            kind.Draw(from, to, transition.Progress, target);
            return true;
        }

        return false;
    }

    /// <summary>The same of videos whose planes are the canvas's.</summary>
    public static bool TryFill(FramePlan plan, PlannedPicture picture, ISourcePictures sources, PlanarPicture target)
    {
        if (PlanesOf(plan, picture, sources) is { } whole)
        {
            whole.Bytes.CopyTo(target.Bytes, 0);
            return true;
        }

        if (picture is PlannedTransition transition
            && TransitionRegistry.Get(transition.Type).MeanAt(transition.Progress) is { } share
            && PlanesOf(plan, transition.From, sources) is { } from
            && PlanesOf(plan, transition.To, sources) is { } to)
        {
            var weights = new Mixer.Weights(1 - share, share);
            Mixer.Mix(from.Bytes, to.Bytes, weights, weights, target.Bytes);
            return true;
        }

        return false;
    }

    static PixelBuffer? Of(FramePlan plan, PlannedPicture? picture, ISourcePictures sources) =>
        picture is PlannedLayer layer && IsUnchanged(plan, layer, sources) && sources.Of(layer) is { IsOpaque: true } source && Covers(source.Width, source.Height, plan)
            ? source
            : null;

    static PlanarPicture? PlanesOf(FramePlan plan, PlannedPicture? picture, ISourcePictures sources) =>
        picture is PlannedLayer layer && sources.PlanesOf(layer) is { } source && Covers(source.Width, source.Height, plan) && IsUnchanged(plan, layer, sources)
            ? source
            : null;

    static bool IsUnchanged(FramePlan plan, PlannedLayer layer, ISourcePictures sources) =>
        layer is { Opacity: 1, Finish: null, Element: PictureElement { Clip: false, BlendMode: BlendMode.None, CropLeft: 0, CropTop: 0, CropRight: 0, CropBottom: 0 } }
        && (layer.Placement.Width, layer.Placement.Height, layer.Placement.ContentZoom) == (plan.Width, plan.Height, 1)
        && Perspective.Of(layer.Placement, plan.Width, plan.Height).IsIdentity
        && new LayerStyle(layer).IsPlain
        && PictureChanges.Of(layer, sources).Count == 0;

    static bool Covers(int width, int height, FramePlan plan) => (width, height) == (plan.Width, plan.Height);
}
