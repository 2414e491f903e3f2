using AutoMapper;
using Framelane.Domain.Assets;

namespace Framelane.Application.Assets;

sealed class AssetProfile : Profile
{
    public AssetProfile()
    {
        CreateMap<AssetId, string>().ConvertUsing(id => id.Value);
        CreateMap<AssetFont, FontFaceResponse>();
        CreateMap<Asset, AssetResponse>()
            .ForMember(response => response.Fonts, to =>
            {
                to.AllowNull();
                to.MapFrom(asset => asset.Metadata!.Fonts);
            })
            .ForMember(response => response.SourceUrl, to => to.Ignore())
            .ForMember(response => response.Kind, to => to.MapFrom(asset => asset.Metadata!.Kind))
            .ForMember(response => response.Duration, to => to.MapFrom(asset => asset.Metadata!.Duration))
            .ForMember(response => response.Width, to => to.MapFrom(asset => asset.Metadata!.Width))
            .ForMember(response => response.Height, to => to.MapFrom(asset => asset.Metadata!.Height));
    }
}

/// <summary>Shows assets that are ready.</summary>
public sealed class AssetViews(IMapper mapper, SourceUrls urls)
{
    public AssetResponse Of(Asset asset) => mapper.Map<AssetResponse>(asset) with { SourceUrl = urls.Of(asset)! };
}
