using Framelane.Application.Common;

namespace Framelane.Infrastructure.Configuration;

sealed class PreviewOptionsValidator() : SectionValidator<PreviewOptions>(PreviewOptions.Section)
{
    /// <summary>A client and what lies between wait no longer.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Bytes: less fits no ordinary picture, and of more the renderer has no use.</summary>
    const long LeastPictures = 1 << 20, MostPictures = 2L << 30;

    protected override IEnumerable<string> Failures(PreviewOptions options)
    {
        if (options.TimeLimit <= TimeSpan.Zero || options.TimeLimit > Longest)
            yield return $"{nameof(options.TimeLimit)} is longer than nothing, such as 00:00:20, and at most 10 minutes";
        if (options.Concurrency < 1)
            yield return $"{nameof(options.Concurrency)} is 1 or more";
        if (options.MaxWait < TimeSpan.Zero || options.MaxWait > Longest)
            yield return $"{nameof(options.MaxWait)} is a time such as 00:00:02, and at most 10 minutes";
        if (options.MaxPictureBytes is < LeastPictures or > MostPictures)
            yield return $"{nameof(options.MaxPictureBytes)} is from {LeastPictures} to {MostPictures}";
    }
}
