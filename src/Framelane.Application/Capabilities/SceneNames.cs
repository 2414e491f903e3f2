using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Capabilities;

/// <summary>The names that a render request knows, in the contract's order.</summary>
static class SceneNames
{
    public static readonly string[] ElementTypes = ["video", "audio", "image", "text", "composition"];

    public static readonly string[] OutputFormats = WireNames.Of<OutputFormat>();

    public static readonly string[] Easings = WireNames.Of<Easing>();

    public static readonly string[] BlendModes = WireNames.Of<BlendMode>();

    public static readonly string[] Transitions = Words(
        """
        cross_dissolve dip_to_black dip_to_white wipe_left wipe_right wipe_up wipe_down diagonal_wipe barn_doors_horizontal
        barn_doors_vertical iris page_turn cross_zoom gradient_wipe band_wipe box_wipe swirl glitch_memories window_slice cube doorway
        pinwheel water_drop crosshatch dreamy angular burn heart circle_open color_phase squares_wire fade
        """);

    public static readonly string[] Effects = Words(
        """
        vintage polaroid portra super8 filmic add_grain rgb_split ghosting displacement_map posterize mosaic mosaic_blur
        mosaic_posterize cc_halftone cc_halftone_blue cc_halftone_green cc_halftone_red invert optics_compensation viewfinder
        night_vision thermal camera_lens_blur camera_lens_blur_bg box_blur lens_flare strobe_light snow glow sepia echo
        chromatic_aberration vhs vhs_overlay crt television glitch compression_glitch scanlines prism light_leaks film_burn duotone
        cross_process bleach_bypass chroma_key
        """);

    public static readonly string[] Motions = Words(
        """
        fade slide_up slide_down slide_left slide_right zoom_in zoom_out rotate_cw rotate_ccw bounce wipe_left wipe_right wipe_up
        wipe_down ken_burns_in ken_burns_out ken_burns_in_out loop_wiggle loop_rotate loop_rotate_smooth loop_3d_spin loop_3d_sway
        blur bounce_motion explode evaporate overlay difference rubber_in whip_up whip_down glitch_pop drift_in drift_out
        loop_breathe loop_shimmer swing_in swing_out elastic_rise elastic_drop tilt_zoom loop_orbit smooth_pop
        """);

    public static readonly string[] WordAnimations = WireNames.Of<WordAnimationStyle>();

    public static readonly string[] TextPresets = Words("typewriter words_up lines_fade letters_pop");

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
