using Framelane.Application.Common;

namespace Framelane.Infrastructure.Configuration;

sealed class MediaOptionsValidator() : SectionValidator<MediaOptions>(MediaOptions.Section)
{
    /// <summary>Timers cannot wait for ever.</summary>
    static readonly TimeSpan LongestJob = TimeSpan.FromDays(7);

    /// <summary>It is renewed by thirds, in ticks of a second: a shorter one would be lost to a pause.</summary>
    static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(5), LongestLease = TimeSpan.FromMinutes(10);

    protected override IEnumerable<string> Failures(MediaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.FfmpegPath))
            yield return $"{nameof(options.FfmpegPath)} is the path of a program, or left out";
        if (string.IsNullOrWhiteSpace(options.FfprobePath))
            yield return $"{nameof(options.FfprobePath)} is the path of a program, or left out";
        if (options.MaxSourceBytes < 1)
            yield return $"{nameof(options.MaxSourceBytes)} is a number of bytes, 1 or more";
        if (options.MaxJobBytes < options.MaxSourceBytes)
            yield return $"{nameof(options.MaxJobBytes)} is a number of bytes, no less than {nameof(options.MaxSourceBytes)}";
        if (options.MaxJobDuration <= TimeSpan.Zero || options.MaxJobDuration > LongestJob)
            yield return $"{nameof(options.MaxJobDuration)} is longer than nothing, such as 01:00:00, and at most 7 days";
        if (options.JobLease < ShortestLease || options.JobLease > LongestLease)
            yield return $"{nameof(options.JobLease)} is 00:00:05 to 00:10:00";
        if (options.MaxConcurrentJobs < 1)
            yield return $"{nameof(options.MaxConcurrentJobs)} is 1 or more";
    }
}
