using Framelane.Application.Common;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Assets;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Capabilities;

/// <summary>Puts the catalogue together from what is configured and what is built.</summary>
public sealed class CapabilityComposer(
    RenderingCapabilities rendering,
    IOptions<FramelaneLimits> limits,
    IOptions<PlanOptions> plans,
    IOptions<RateLimitOptions> rateLimits,
    IEnumerable<IAccountCapability> accounts)
{
    public CapabilityCatalogue Compose() => new()
    {
        Effects = Supported(SceneNames.Effects.Select(SceneCapabilities.Effect), rendering.Effects),
        Motions = Supported(SceneNames.Motions.Select(motion => SceneCapabilities.Motion(motion, rendering.CharacterMotions)), rendering.Motions),
        Transitions = Supported(SceneNames.Transitions.Select(SceneCapabilities.Transition), rendering.Transitions),
        BlendModes = Supported(SceneNames.BlendModes, rendering.BlendModes),
        Easings = Supported(SceneNames.Easings, rendering.Easings),
        ElementTypes = Supported(SceneNames.ElementTypes.Select(type => SceneCapabilities.Element(type, rendering)), rendering.ElementTypes),
        OutputFormats = Supported(SceneNames.OutputFormats, rendering.OutputFormats),
        InputFormats = [.. MediaTypes.All.Select(type => Capability.Ready(type.Name))],
        RenderParameters = SceneCapabilities.Render,
        TaskParameters = SceneCapabilities.Tasks,
        Fonts = [.. rendering.Fonts.Select(SceneCapabilities.Font)],
        Events = [.. EventTypes.All.Select(Capability.Ready)],
        Accounts = [.. accounts.Select(account => account.Describe()).OrderBy(account => account.Type, StringComparer.Ordinal)],
        Plans = new(Of(plans.Value.Free), Of(plans.Value.Pro), Of(plans.Value.Enterprise)),
        Limits = Limits(limits.Value),
        RateLimits = new(
            rateLimits.Value.Enabled,
            new(plans.Value.Free.RequestsPerMinute),
            new(plans.Value.Pro.RequestsPerMinute),
            new(plans.Value.Enterprise.RequestsPerMinute),
            new(rateLimits.Value.UnauthenticatedRequestsPerMinute),
            new(rateLimits.Value.UploadPartsPerMinute)),
    };

    static Capability[] Supported(IEnumerable<string> types, IReadOnlySet<string> built) => Supported(types.Select(type => Capability.NotYet(type)), built);

    static Capability[] Supported(IEnumerable<Capability> all, IReadOnlySet<string> built) =>
        [.. all.Select(each => built.Contains(each.Type) ? each with { Supported = true, Reason = null } : each)];

    static CapabilityPlan Of(PlanAllowance plan) => new()
    {
        RenderMinutes = plan.RenderMinutes,
        HardCap = plan.HardCap,
        MaxWidth = plan.MaxWidth,
        MaxHeight = plan.MaxHeight,
        ConcurrentRenders = plan.ConcurrentRenders,
        StorageBytes = plan.StorageBytes,
        Watermark = plan.Watermark is { Length: > 0 },
    };

    static CapabilityLimits Limits(FramelaneLimits limits) => new()
    {
        BodyBytes = limits.BodyBytes,
        Elements = limits.Elements,
        Transitions = limits.Transitions,
        MetadataEntries = limits.MetadataEntries,
        TextLength = limits.TextLength,
        WebhooksPerWorkspace = limits.WebhooksPerWorkspace,
        UrlLength = Webhook.MaxUrlLength,
        DescriptionLength = Webhook.MaxDescriptionLength,
        NameLength = Math.Min(Workspace.MaxNameLength, ApiKey.MaxNameLength),
        GracePeriodSeconds = GracePeriod.MaxSeconds,
        RenderSeconds = CreateRenderRequest.MaxSeconds,
        PageSize = PageRequest.MaxLimit,
    };
}
