using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Effects;

/// <summary>Changes a picture in place; buffers that it needs meanwhile come from the pool.</summary>
delegate void PictureChange(PixelBuffer picture, BufferPool pool);

/// <summary>What is done to the part of a layer's own pixels that is shown, before it is placed: its colours, its table, blur, sharpness, vignette and noise, then its effects in their order.</summary>
static class PictureChanges
{
    public static IReadOnlyList<PictureChange> Of(PlannedLayer layer, ISourcePictures sources) => layer.Element switch
    {
        PictureElement picture => [.. OfFields(picture, layer, sources), .. OfEffects(picture.Effects, layer)],
        CompositionElement composition => [.. OfEffects(composition.Effects, layer)],
        _ => [],
    };

    /// <summary>The part of the source from that corner, as large as the target.</summary>
    public static void Copy(PixelBuffer source, int left, int top, PixelBuffer target)
    {
        for (var y = 0; y < target.Height; y++)
        {
            var row = source.Row(Math.Min(top + y, source.Height - 1));
            row.Slice(Math.Min(left, source.Width - target.Width) * PixelBuffer.BytesPerPixel, target.Stride).CopyTo(target.Row(y));
        }
    }

    static IEnumerable<PictureChange> OfFields(PictureElement element, PlannedLayer layer, ISourcePictures sources)
    {
        if (Grading.Of(element) is { } matrix)
            yield return (picture, _) => PixelKernel.RunBlocks(picture, matrix);
        if (element is { LutUrl: { } url, LutIntensity: > 0 } && sources.Lut(url) is { } lut)
            yield return (picture, _) => lut.Apply(picture, element.LutIntensity / 100);
        if (element.Blur > 0)
            yield return (picture, pool) => Blurring.Blur(picture, element.Blur, pool);
        if (element.Sharpness > 0)
            yield return (picture, pool) => Blurring.Sharpen(picture, element.Sharpness, pool);
        if (element.Vignette > 0)
            yield return (picture, _) => Vignette.Darken(picture, element.Vignette);
        if (element.Noise > 0)
            yield return (picture, _) => Grain.Add(picture, element.Noise, Seed.Of(layer.Layer.Key, layer.SourceTime));
    }

    static IEnumerable<PictureChange> OfEffects(IReadOnlyList<SceneEffect> effects, PlannedLayer layer)
    {
        string Key(int index) => $"{layer.Layer.Key}/{index}";
        return effects
            .Select((effect, index) => (Effect: effect, Index: index))
            .Where(entry => entry.Effect.Intensity > 0)
            .Select(entry => (PictureChange)((picture, pool) => Find(entry.Effect.Type).Apply(picture, new(
                (float)(entry.Effect.Intensity / 100), layer.SourceTime, Seed.Of(Key(entry.Index), layer.SourceTime), Seed.Of(Key(entry.Index)), entry.Effect.ChromaSettings, pool))));
    }

    static IEffect Find(string type) => EffectRegistry.Find(type) ?? throw new ArgumentException($"There is no effect {type}.", nameof(type));
}
