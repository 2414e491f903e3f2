using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Text;
using SkiaSharp;

namespace Framelane.Bench.Catalogue;

/// <summary>Every effect on one sheet, at 60 % above and at 100 % below; and each alone at full size.</summary>
static class ContactSheet
{
    const int Columns = 8, CellWidth = 400, Label = 24;

    public static void Write(PixelBuffer picture, string folder)
    {
        var cellHeight = CellWidth * picture.Height / picture.Width;
        var rows = (EffectRegistry.All.Count + Columns - 1) / Columns;
        using var sheet = SKSurface.Create(new SKImageInfo(Columns * CellWidth, rows * (2 * cellHeight + Label)));
        using var entries = new Entries(picture, 1);
        using var changed = new PixelBuffer(picture.Width, picture.Height);
        using var font = new SKFont(FontLibrary.Installed.Find(FontLibrary.DefaultFamily, 500, isItalic: false)?.Loaded.Typeface ?? SKTypeface.Default, 18);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        sheet.Canvas.Clear(SKColors.White);
        foreach (var (index, effect) in EffectRegistry.All.Index())
        {
            var (left, top) = (index % Columns * CellWidth, index / Columns * (2 * cellHeight + Label));
            sheet.Canvas.DrawText(effect.Name, left + 6, top + 18, SKTextAlign.Left, font, ink);
            foreach (var (place, intensity) in new[] { (0, 0.6f), (1, 1f) })
            {
                picture.Bytes.CopyTo(changed.Bytes);
                effect.Apply(changed, entries.Call(frame: 40, intensity));
                using var image = changed.ToImage();
                var box = SKRect.Create(left, top + Label + place * cellHeight, CellWidth - 4, cellHeight - 4);
                sheet.Canvas.DrawImage(image, box, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), null);
                sheet.Canvas.Flush();
                if (place == 1)
                    Save(image, Path.Combine(folder, $"effect-{effect.Name}.png"));
            }
        }

        using var whole = sheet.Snapshot();
        Save(whole, Path.Combine(folder, "effects.png"));
    }

    static void Save(SKImage image, string path)
    {
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        png.SaveTo(file);
    }
}
